namespace Nabla.Comparisons;

/// <summary>One library's way to compute a product of prepared operands, with a number of threads.</summary>
internal interface IMultiplier : IDisposable
{
    void Multiply();

    /// <summary>The last result, [m, n].</summary>
    float[] Result();
}
