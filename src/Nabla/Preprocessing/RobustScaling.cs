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

    internal override Preprocessing Fit(FeatureTable inputs)
    {
        var offsets = new float[inputs.Columns];
        var scales = new float[inputs.Columns];
        var inverseLimits = new float[inputs.Columns];
        Array.Fill(scales, 1); // indicators stay as they are
        inputs.ForEachNumberColumn((column, values) =>
        {
            double[] quantiles = Quantiles.Of(values, [0, 0.25, 0.5, 0.75, 1]);
            offsets[column] = (float)quantiles[2];
            scales[column] = ScaleOf(quantiles);
            inverseLimits[column] = 1 / Limit;
        });
        return new Preprocessing(this, offsets, scales, inputs.Origins, inverseLimits);
    }

    /// <summary>One over the interquartile range; if that is 0, two over the whole range; if that is 0 as well, 0.</summary>
    private static float ScaleOf(double[] quantiles)
    {
        double quartiles = quantiles[3] - quantiles[1], range = quantiles[4] - quantiles[0];
        float scale = (float)(quartiles > 0 ? 1 / quartiles : 2 / range);
        return float.IsFinite(scale) ? scale : 0;
    }
}
