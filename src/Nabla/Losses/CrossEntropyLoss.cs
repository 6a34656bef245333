using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// Cross-entropy: -log a_y with softmax outputs, -sum(y log a + (1 - y) log(1 - a)) with sigmoid outputs; delta = a - y for both.
/// </summary>
internal sealed record CrossEntropyLoss() : Loss("cross-entropy", "minus the logarithm of the probability that the right class gets")
{
    public override IReadOnlyList<Activation> OutputActivations => [Activation.Softmax, Activation.Sigmoid];

    public override bool TakesValues => false;

    private protected override OutputLoss Create(Activation output) => output == Activation.Softmax ? new SoftmaxUnit() : new SigmoidUnit();

    /// <summary>delta = a - y, since the softmax's derivative cancels the logarithm's.</summary>
    private sealed class SoftmaxUnit : OutputLoss
    {
        private protected override void ComputeLossesAndDelta(
            in TargetBatch targets, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
        {
            // The label's score, before the probabilities take its place.
            var labels = targets.Labels;
            for (int example = 0; example < labels.Length; example++)
                spare[example] = z[example * outputs + labels[example]];
            Kernels.Softmax.Apply(z, outputs, losses, z);
            for (int example = 0; example < targets.Count; example++)
                losses[example] -= spare[example];
            SubtractTargets(targets, outputs, scale, z);
        }

        /// <summary>log-sum-exp(z) - z_y: no logarithm of a probability that has become 0.</summary>
        private protected override void ComputeLosses(
            ReadOnlySpan<float> z, in TargetBatch targets, int outputs, Span<float> spare, Span<double> losses)
        {
            Kernels.Softmax.Apply(z, outputs, losses, spare[..z.Length]);
            for (int example = 0; example < targets.Count; example++)
                losses[example] -= z[example * outputs + targets.Labels[example]];
        }
    }

    /// <summary>delta = a - y, since the sigmoid's derivative cancels the logarithm's.</summary>
    private sealed class SigmoidUnit : OutputLoss
    {
        private protected override void ComputeLossesAndDelta(
            in TargetBatch targets, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
        {
            ComputeLosses(z, targets, outputs, spare, losses);
            Elementwise.Apply<Kernels.Sigmoid>(z, z);
            SubtractTargets(targets, outputs, scale, z);
        }

        /// <summary>log(1 + exp(z)) - y z: exact also where a has become 0 or 1.</summary>
        private protected override void ComputeLosses(
            ReadOnlySpan<float> z, in TargetBatch targets, int outputs, Span<float> spare, Span<double> losses)
        {
            Elementwise.Apply<SoftplusOfMinusAbs>(z, spare[..z.Length]);
            for (int example = 0; example < targets.Count; example++)
            {
                double loss = 0;
                for (int i = example * outputs; i < (example + 1) * outputs; i++)
                    loss += spare[i] + (z[i] > 0 ? z[i] : 0.0);
                losses[example] = loss - z[example * outputs + targets.Labels[example]];
            }
        }
    }

    /// <summary>log(1 + exp(-|z|)); with max(0, z) added it is log(1 + exp(z)), without overflow.</summary>
    private readonly struct SoftplusOfMinusAbs : IUnaryOperation
    {
        public static V Apply<L, V>(V z)
            where L : struct, ILanes<V>
            where V : struct
        {
            V zero = L.Broadcast(0f);
            V power = Kernels.Exponential.Apply<L, V>(L.SelectGreater(z, zero, L.Subtract(zero, z), z));
            return Logarithm.Apply<L, V>(L.Add(L.Broadcast(1f), power));
        }
    }
}
