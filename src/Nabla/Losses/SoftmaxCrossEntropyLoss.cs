using Nabla.Kernels;

namespace Nabla;

/// <summary>-log a_y with softmax outputs; delta = a - y, since the softmax's derivative cancels the logarithm's.</summary>
internal sealed class SoftmaxCrossEntropyLoss : OutputLoss
{
    private Scratch<double> sums;
    private Scratch<float> probabilitiesOfLoss;

    public override void Activate(Span<float> z, int outputs) => Softmax.Apply(z, outputs, [], z);

    public override double LossAndDelta(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> z)
    {
        double loss = Apply(z, labels, outputs, z);
        SubtractTargets(labels, outputs, scale, z);
        return loss;
    }

    public override double SumOfLosses(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs) => Apply(z, labels, outputs, probabilitiesOfLoss.Take(z.Length));

    /// <summary>Probabilities, and the sum of log-sum-exp(z) - z_y: no logarithm of a probability that has become 0.</summary>
    private double Apply(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs, Span<float> probabilities)
    {
        var twice = sums.Take(2 * labels.Length);
        var normalizers = twice[..labels.Length];
        var scores = twice[labels.Length..];
        for (int example = 0; example < labels.Length; example++)
            scores[example] = z[example * outputs + labels[example]];
        Softmax.Apply(z, outputs, normalizers, probabilities);
        double loss = 0;
        for (int example = 0; example < labels.Length; example++)
            loss += normalizers[example] - scores[example];
        return loss;
    }
}
