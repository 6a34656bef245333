namespace Nabla;

/// <summary>Mean and (population) standard deviation of one feature over the examples, or of all features together.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; exactly 0 if all values are equal.</param>
internal readonly record struct FeatureMoments(double Mean, double Deviation)
{
    /// <summary>Moments of each feature by itself, less its origin.</summary>
    public static FeatureMoments[] FromEachFeature(FeatureTable inputs) => From(inputs, inputs.Columns);

    /// <summary>Moments of all values together.</summary>
    public static FeatureMoments FromAllFeatures(FeatureTable inputs) => From(inputs, 1)[0];

    private static FeatureMoments[] From(FeatureTable inputs, int columns)
    {
        long count = inputs.Rows * (long)inputs.Columns / columns;
        return inputs.IsBytes ? FromBytes(inputs, columns, count) : FromFloats(inputs, columns, Math.Max(1, count));
    }

    private static FeatureMoments[] FromBytes(FeatureTable inputs, int columns, long count)
    {
        // Sums of integers are exact, so there is nothing to lose in any order.
        var sums = new long[columns];
        var squares = new long[columns];
        inputs.ForEachBlock((int _, ReadOnlySpan<byte> values) =>
        {
            for (int start = 0; start < values.Length; start += columns)
            {
                var row = values.Slice(start, columns);
                for (int column = 0; column < columns; column++)
                {
                    long value = row[column];
                    sums[column] += value;
                    squares[column] += value * value;
                }
            }
        });
        double divisor = Math.Max(1, count);
        var moments = new FeatureMoments[columns];
        for (int column = 0; column < columns; column++)
        {
            Int128 spread = (Int128)count * squares[column] - (Int128)sums[column] * sums[column];
            moments[column] = new(sums[column] / divisor, double.Sqrt((double)spread) / divisor);
        }
        return moments;
    }

    // The sums are those of one loop over all values, however they are divided into blocks.
    private static FeatureMoments[] FromFloats(FeatureTable inputs, int columns, double count)
    {
        var means = new double[columns];
        var first = new float[columns];
        ForEachBlock(inputs, columns, (start, values) =>
        {
            if (start == 0 && values.Length > 0)
                values[..columns].CopyTo(first);
            for (int i = 0; i < values.Length; i++)
                means[i % columns] += values[i];
        });
        for (int column = 0; column < columns; column++)
            means[column] /= count;

        // A second pass: squares of small deviations from a large mean would drown in a single one.
        var squares = new double[columns];
        var constant = new bool[columns];
        Array.Fill(constant, true);
        ForEachBlock(inputs, columns, (_, values) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                int column = i % columns;
                double deviation = values[i] - means[column];
                squares[column] += deviation * deviation;
                constant[column] &= values[i] == first[column];
            }
        });
        var moments = new FeatureMoments[columns];
        for (int column = 0; column < columns; column++)
            moments[column] = new(means[column], constant[column] ? 0 : double.Sqrt(squares[column] / count));
        return moments;
    }

    private static void ForEachBlock(FeatureTable inputs, int columns, RowAction<float> action)
    {
        if (columns == inputs.Columns)
            inputs.ForEachBlock(action);
        else
            inputs.ForEachAbsoluteBlock(action);
    }
}
