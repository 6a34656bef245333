namespace Nabla.Reference;

/// <summary>Classes as vectors: y is 1 for the class and 0 for all others.</summary>
/// <remarks>Thread-safe.</remarks>
public static class OneHot
{
    /// <summary>Writes y.</summary>
    /// <param name="label">The class, from 0 to the number of outputs - 1.</param>
    /// <param name="y">Receives the vector, [outputs].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static void Encode(int label, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, y.Length);
        y.Clear();
        y[label] = 1.0;
    }

    /// <summary>The class that the outputs indicate: the first of the largest.</summary>
    /// <param name="a">Outputs, at least one.</param>
    public static int Decode(ReadOnlySpan<double> a)
    {
        int best = 0;
        for (int j = 1; j < a.Length; j++)
        {
            if (a[j] > a[best])
                best = j;
        }
        return best;
    }
}
