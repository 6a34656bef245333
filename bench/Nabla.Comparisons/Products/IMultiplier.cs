namespace Nabla.Comparisons;

/// <summary>One library's way to compute a product of prepared operands.</summary>
internal interface IMultiplier : IDisposable
{
    void Multiply(int threads);

    /// <summary>The last result, [m, n].</summary>
    float[] Result();
}
