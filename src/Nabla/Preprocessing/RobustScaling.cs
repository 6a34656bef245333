namespace Nabla;

/// <summary>
/// Median and interquartile range, and a smooth limit, so that a few extreme values neither decide the scale nor reach the network:
/// "robust scaling and smooth clipping" in Holzmüller, Grinsztajn and Steinwart, "Better by default: Strong pre-tuned MLPs and boosted
/// trees on tabular data" (2024).
/// </summary>
internal sealed record RobustScaling()
    : Scaling("robust-per-feature", "a median and an interquartile range for each feature, limited smoothly to -3 to 3")
{
    private const float Limit = 3;

    private const int ValuesTogether = 1 << 24; // of columns that are collected in one pass

    internal override Preprocessing Fit(FeatureTable inputs)
    {
        var offsets = new float[inputs.Columns];
        var scales = new float[inputs.Columns];
        var inverseLimits = new float[inputs.Columns];
        int together = Math.Clamp(ValuesTogether / Math.Max(1, inputs.Rows), 1, inputs.Columns);
        for (int first = 0; first < offsets.Length; first += together)
        {
            var values = inputs.Values(first, Math.Min(together, inputs.Columns - first));
            for (int i = 0; i < values.Length; i++)
                (offsets[first + i], scales[first + i], inverseLimits[first + i]) = FitColumn(inputs, first + i, values[i]);
        }
        return new Preprocessing(this, offsets, scales, inputs.Origins, inverseLimits);
    }

    private static (float Offset, float Scale, float InverseLimit) FitColumn(FeatureTable inputs, int column, float[] values)
    {
        if (inputs.IsIndicator(column))
            return (0, 1, 0);
        double[] quantiles = Quantiles.Of(values, [0, 0.25, 0.5, 0.75, 1]);
        return ((float)quantiles[2], ScaleOf(quantiles), 1 / Limit);
    }

    /// <summary>One over the interquartile range; if that is 0, two over the whole range; if that is 0 as well, 0.</summary>
    private static float ScaleOf(double[] quantiles)
    {
        double quartiles = quantiles[3] - quantiles[1], range = quantiles[4] - quantiles[0];
        float scale = (float)(quartiles > 0 ? 1 / quartiles : 2 / range);
        return float.IsFinite(scale) ? scale : 0;
    }
}
