namespace Nabla.Comparisons;

/// <summary>One library's way to compute a product, its operands prepared.</summary>
internal interface IMultiplier : IDisposable
{
    string Name { get; }

    void Multiply(int threads);

    /// <summary>What the last call computed, [m, n].</summary>
    float[] Result();
}
