using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Examples that are drawn for a gradient check.</summary>
/// <param name="Inputs">Normal deviates, [examples, inputs].</param>
/// <param name="Labels">The class of each example, [examples]; empty if targets are values.</param>
/// <param name="Values">The values of each example, [examples, outputs]; empty if targets are classes.</param>
/// <param name="Outputs">Outputs of the network.</param>
/// <param name="Weights">The weight of each example, [examples]; empty if all count 1.</param>
internal sealed record GradientBatch(float[] Inputs, int[] Labels, float[] Values, int Outputs, float[] Weights)
{
    /// <summary>The targets for the vectorized engine.</summary>
    public TargetBatch Targets =>
        Labels.Length > 0 ? TargetBatch.FromLabels(Labels, Weights) : TargetBatch.FromValues(Values, Outputs, Weights);

    /// <summary>The inputs for the reference, [examples, inputs].</summary>
    public double[] Xs => Array.ConvertAll(Inputs, x => (double)x);

    /// <summary>The weights for the reference, [examples] or empty.</summary>
    public double[] DoubleWeights => Array.ConvertAll(Weights, weight => (double)weight);

    /// <summary>The desired outputs for the reference, [examples, outputs].</summary>
    public double[] Ys
    {
        get
        {
            if (Labels.Length == 0)
                return Array.ConvertAll(Values, y => (double)y);
            var ys = new double[Labels.Length * Outputs];
            for (int i = 0; i < Labels.Length; i++)
                OneHot.Encode(Labels[i], ys.AsSpan(i * Outputs, Outputs));
            return ys;
        }
    }

    /// <summary>Draws a batch for a network.</summary>
    /// <param name="gradientCase">The network, and whether targets are classes.</param>
    /// <param name="examples">Examples in the batch.</param>
    /// <param name="seed">Same seed, same batch.</param>
    public static GradientBatch Draw(GradientCase gradientCase, int examples, ulong seed)
    {
        var stream = new RandomStream(seed, RandomPurpose.GradientCheck, 0);
        var inputs = new float[examples * gradientCase.Sizes[0]];
        foreach (ref float input in inputs.AsSpan())
            input = (float)stream.NextNormal();
        var labels = new int[gradientCase.UsesClasses ? examples : 0];
        foreach (ref int label in labels.AsSpan())
            label = (int)stream.NextUInt32((uint)gradientCase.Outputs);
        var values = new float[gradientCase.UsesClasses ? 0 : examples * gradientCase.Outputs];
        foreach (ref float value in values.AsSpan())
            value = Restrict((float)stream.NextNormal(), gradientCase.Loss);
        var weights = new float[gradientCase.IsWeighted ? examples : 0];
        foreach (ref float weight in weights.AsSpan())
            weight = 0.5f + stream.NextUInt32(1024) / 1024f;
        return new GradientBatch(inputs, labels, values, gradientCase.Outputs, weights);
    }

    // Values from 0 to 1, with both ends, suit every loss that does not take all values.
    private static float Restrict(float value, Loss loss) => loss.StandardizesTargets ? value : Math.Clamp(value, 0f, 1f);
}
