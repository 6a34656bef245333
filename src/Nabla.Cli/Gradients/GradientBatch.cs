using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Random examples for a gradient check.</summary>
/// <param name="Inputs">Normal deviates, [examples, inputs].</param>
/// <param name="Labels">The class of each example, [examples]; empty if targets are values.</param>
/// <param name="Values">The values of each example, [examples, outputs]; empty if targets are classes.</param>
/// <param name="Outputs">Number of outputs of the network.</param>
internal sealed record GradientBatch(float[] Inputs, int[] Labels, float[] Values, int Outputs)
{
    /// <summary>The targets for the vectorized engine.</summary>
    public TargetBatch Targets => Labels.Length > 0 ? TargetBatch.FromLabels(Labels) : TargetBatch.FromValues(Values, Outputs);

    /// <summary>The inputs for the reference, [examples, inputs].</summary>
    public double[] Xs => Array.ConvertAll(Inputs, x => (double)x);

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
    /// <param name="examples">Number of examples in the batch.</param>
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
        return new GradientBatch(inputs, labels, values, gradientCase.Outputs);
    }

    // Values from 0 to 1, both included, are valid for every loss that restricts its targets.
    private static float Restrict(float value, Loss loss) => loss.StandardizesTargets ? value : Math.Clamp(value, 0f, 1f);
}
