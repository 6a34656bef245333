namespace Nabla;

/// <summary>Mean and (population) standard deviation of one feature over the examples, or of all features together.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; exactly 0 if all values are equal.</param>
internal readonly record struct FeatureMoments(double Mean, double Deviation)
{
    /// <summary>Moments of each feature by itself, less its origin.</summary>
    public static FeatureMoments[] FromEachFeature(FeatureTable inputs) => inputs.IsBytes
        ? FromBytes(inputs.Bytes, inputs.Columns)
        : FromFloats(inputs.Floats, inputs.Columns);

    /// <summary>Moments of all values together.</summary>
    public static FeatureMoments FromAllFeatures(FeatureTable inputs) => inputs.IsBytes
        ? FromBytes(inputs.Bytes, 1)[0]
        : FromFloats(inputs.Absolute(), 1)[0];

    private static FeatureMoments[] FromBytes(ReadOnlySpan<byte> values, int columns)
    {
        // Sums of integers are exact, so there is nothing to lose in any order.
        var sums = new long[columns];
        var squares = new long[columns];
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
        double count = Math.Max(1, values.Length / columns);
        var moments = new FeatureMoments[columns];
        for (int column = 0; column < columns; column++)
        {
            Int128 spread = (Int128)(values.Length / columns) * squares[column] - (Int128)sums[column] * sums[column];
            moments[column] = new(sums[column] / count, double.Sqrt((double)spread) / count);
        }
        return moments;
    }

    private static FeatureMoments[] FromFloats(ReadOnlySpan<float> values, int columns)
    {
        double count = Math.Max(1, values.Length / columns);
        var means = new double[columns];
        for (int i = 0; i < values.Length; i++)
            means[i % columns] += values[i];
        for (int column = 0; column < columns; column++)
            means[column] /= count;

        // A second pass: squares of small deviations from a large mean would drown in a single one.
        var squares = new double[columns];
        var constant = new bool[columns];
        Array.Fill(constant, true);
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % columns;
            double deviation = values[i] - means[column];
            squares[column] += deviation * deviation;
            constant[column] &= values[i] == values[column];
        }
        var moments = new FeatureMoments[columns];
        for (int column = 0; column < columns; column++)
            moments[column] = new(means[column], constant[column] ? 0 : double.Sqrt(squares[column] / count));
        return moments;
    }
}
