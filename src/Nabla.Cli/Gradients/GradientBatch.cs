using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Examples that are drawn for a gradient check.</summary>
/// <param name="inputs">Normal deviates, [examples, inputs].</param>
/// <param name="labels">The class of each example, [examples]; empty if targets are values.</param>
/// <param name="values">The values of each example, [examples, outputs]; empty if targets are classes.</param>
/// <param name="outputs">Outputs of the network.</param>
/// <param name="weights">The weight of each example, [examples]; empty if all count 1.</param>
internal sealed class GradientBatch(float[] inputs, int[] labels, float[] values, int outputs, float[] weights)
{
    /// <summary>Normal deviates, [examples, inputs].</summary>
    public float[] Inputs { get; } = inputs;

    /// <summary>The targets for the vectorized engine.</summary>
    public TargetBatch Targets =>
        labels.Length > 0 ? TargetBatch.FromLabels(labels, weights) : TargetBatch.FromValues(values, outputs, weights);

    /// <summary>The inputs for the reference, [examples, inputs].</summary>
    public double[] Xs => Array.ConvertAll(Inputs, x => (double)x);

    /// <summary>The weights for the reference, [examples] or empty.</summary>
    public double[] DoubleWeights => Array.ConvertAll(weights, weight => (double)weight);

    /// <summary>The desired outputs for the reference, [examples, outputs].</summary>
    public double[] Ys
    {
        get
        {
            if (labels.Length == 0)
                return Array.ConvertAll(values, y => (double)y);
            var ys = new double[labels.Length * outputs];
            for (int i = 0; i < labels.Length; i++)
                OneHot.Encode(labels[i], ys.AsSpan(i * outputs, outputs));
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
