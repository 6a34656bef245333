namespace Nabla.Kernels;

/// <summary>Work that can be split into parts, each of which writes its own outputs.</summary>
internal interface IParallelJob
{
    /// <summary>Does one part; called once for each part, on any thread.</summary>
    /// <param name="part">0 to <paramref name="parts"/> - 1.</param>
    /// <param name="parts">Number of parts, at least 1.</param>
    void Execute(int part, int parts);
}
