namespace Nabla.Kernels;

/// <summary>
/// Turns rows of scores into rows of probabilities, p_j = e^z_j / sum of e^z_k. The maximum of each row is subtracted first, so that
/// nothing overflows.
/// </summary>
internal static class Softmax
{
    /// <summary>
    /// Computes probabilities, and the logarithm of each row's sum, which gives cross-entropy without cancellation:
    /// -ln p_j = logSumExp - z_j.
    /// </summary>
    /// <param name="z">[rows, columns], row by row.</param>
    /// <param name="columns">Scores of one row, at least 1.</param>
    /// <param name="logSumExp">[rows] receives ln of the sum of e^z_k; may be empty.</param>
    /// <param name="probabilities">[rows, columns]; may be <paramref name="z"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not match, or the spans overlap without being the same.</exception>
    /// <remarks>A row's sum is one chain in double precision, in ascending j. A NaN, or an infinite maximum, makes its row NaN.</remarks>
    public static void Apply(ReadOnlySpan<float> z, int columns, Span<double> logSumExp, Span<float> probabilities) =>
        Apply(KernelChoice.Width, z, columns, logSumExp, probabilities);

    /// <summary>Computes probabilities at an explicit width: tests compare the widths with each other.</summary>
    internal static void Apply(KernelWidth width, ReadOnlySpan<float> z, int columns, Span<double> logSumExp, Span<float> probabilities)
    {
        CheckShapes(z, columns, logSumExp, probabilities);
        int rows = z.Length / columns;
        for (int row = 0; row < rows; row++)
        {
            float maximum = SubtractMaximum(z.Slice(row * columns, columns), probabilities.Slice(row * columns, columns));
            if (logSumExp.Length > 0)
                logSumExp[row] = maximum;
        }
        // One call for all rows: most rows are shorter than a vector.
        Elementwise.Apply<Exponential>(width, probabilities, probabilities);
        for (int row = 0; row < rows; row++)
        {
            double sum = DivideBySum(probabilities.Slice(row * columns, columns));
            if (logSumExp.Length > 0)
                logSumExp[row] += DoubleLogarithm.Of(sum);
        }
    }

    private static float SubtractMaximum(ReadOnlySpan<float> z, Span<float> shifted)
    {
        float maximum = z[0];
        foreach (float score in z)
            maximum = score > maximum ? score : maximum;
        for (int j = 0; j < shifted.Length; j++)
            shifted[j] = z[j] - maximum;
        return maximum;
    }

    private static double DivideBySum(Span<float> powers)
    {
        double sum = 0;
        foreach (float power in powers)
            sum += power;
        float divisor = (float)sum;
        foreach (ref float power in powers)
            power /= divisor;
        return sum;
    }

    private static void CheckShapes(
        ReadOnlySpan<float> z, int columns, ReadOnlySpan<double> logSumExp, ReadOnlySpan<float> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (z.Length % columns != 0 || probabilities.Length != z.Length)
            throw new ArgumentException($"{z.Length} scores in rows of {columns} do not give {probabilities.Length} probabilities.");
        if (logSumExp.Length != 0 && logSumExp.Length != z.Length / columns)
            throw new ArgumentException($"{z.Length / columns} rows do not have {logSumExp.Length} logarithms.");
        Overlap.RequireSameOrApart(z, probabilities);
    }
}
