using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// A loss N(z) - sum(y z) whose outputs are a = N'(z), so that delta = a - y: cross-entropy with softmax or sigmoids, Poisson with
/// exponentials. Computed from z, it is exact also where an output has become 0 or 1.
/// </summary>
/// <remarks>In the terms of generalized linear models, the output activation is the inverse of the loss's canonical link.</remarks>
/// <param name="smoothing">Share of a label that is spread evenly, from 0 to below 1. Values are never smoothed.</param>
internal abstract class CanonicalUnit(float smoothing = 0f) : OutputLoss
{
    private protected sealed override void ComputeLossesAndDelta(
        in TargetBatch targets, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
    {
        ComputeLosses(z, targets, outputs, spare, losses);
        Activate(z, spare[..z.Length]);
        SubtractTargets(targets, outputs, z, 1f - smoothing, (float)(smoothing * EvenTarget(outputs)));
        int length = ExamplesOfOneScale(targets) * outputs;
        for (int start = 0; start < z.Length; start += length)
            Elementwise.Scale(ScaleOf(targets, start / outputs, scale), z.Slice(start, length));
    }

    private protected sealed override void ComputeLosses(
        ReadOnlySpan<float> z, in TargetBatch targets, int outputs, Span<float> spare, Span<double> losses)
    {
        Normalizers(z, outputs, spare[..z.Length], losses);
        var labels = targets.Labels;
        for (int example = 0; example < labels.Length; example++)
            losses[example] -= Score(z.Slice(example * outputs, outputs), labels[example]);
        var values = targets.Values;
        for (int start = 0; start < values.Length; start += outputs)
            losses[start / outputs] -= Score(z.Slice(start, outputs), values.Slice(start, outputs));
    }

    /// <summary>N(z) of each example.</summary>
    /// <param name="z">[examples, outputs].</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <param name="spare">[examples, outputs], for intermediate values.</param>
    /// <param name="normalizers">[examples].</param>
    private protected abstract void Normalizers(ReadOnlySpan<float> z, int outputs, Span<float> spare, Span<double> normalizers);

    /// <summary>z becomes a.</summary>
    /// <param name="z">[examples, outputs].</param>
    /// <param name="spare">[examples, outputs], as <see cref="Normalizers"/> left it.</param>
    private protected abstract void Activate(Span<float> z, ReadOnlySpan<float> spare);

    /// <summary>What labels would be if they said nothing: the target of each output that smoothing tends to.</summary>
    private protected virtual double EvenTarget(int outputs) => 0.0;

    /// <summary>sum(y z) for a label.</summary>
    private double Score(ReadOnlySpan<float> z, int label)
    {
        if (smoothing == 0f)
            return z[label];
        double sum = 0;
        foreach (float score in z)
            sum += score;
        return (1.0 - smoothing) * z[label] + smoothing * EvenTarget(z.Length) * sum;
    }

    /// <summary>sum(y z) for values.</summary>
    private static double Score(ReadOnlySpan<float> z, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int output = 0; output < z.Length; output++)
            sum += (double)targets[output] * z[output];
        return sum;
    }
}
