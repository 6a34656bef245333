using Nabla.Kernels;

namespace Nabla;

/// <summary>-log a_y with softmax outputs; delta = a - y, since the softmax's derivative cancels the logarithm's.</summary>
internal sealed class SoftmaxCrossEntropyLoss : OutputLoss
{
    public override void Activate(Span<float> z, int outputs) => Softmax.Apply(z, outputs, [], z);

    public override void LossesAndDelta(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
    {
        // The label's score, before the probabilities take its place.
        for (int example = 0; example < labels.Length; example++)
            spare[example] = z[example * outputs + labels[example]];
        Softmax.Apply(z, outputs, losses, z);
        for (int example = 0; example < labels.Length; example++)
            losses[example] -= spare[example];
        SubtractTargets(labels, outputs, scale, z);
    }

    /// <summary>log-sum-exp(z) - z_y: no logarithm of a probability that has become 0.</summary>
    public override void Losses(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs, Span<float> spare, Span<double> losses)
    {
        Softmax.Apply(z, outputs, losses, spare);
        for (int example = 0; example < labels.Length; example++)
            losses[example] -= z[example * outputs + labels[example]];
    }
}
