using Nabla.Kernels;

namespace Nabla;

/// <summary>-sum(y log a + (1 - y) log(1 - a)) with sigmoid outputs; delta = a - y, since the sigmoid's derivative cancels the logarithm's.</summary>
internal sealed class SigmoidCrossEntropyLoss : OutputLoss
{
    public override void Activate(Span<float> z, int outputs) => Elementwise.Apply<Sigmoid>(z, z);

    public override void LossesAndDelta(ReadOnlySpan<int> labels, int outputs, float scale, Span<float> z, Span<float> spare, Span<double> losses)
    {
        Losses(z, labels, outputs, spare, losses);
        Activate(z, outputs);
        SubtractTargets(labels, outputs, scale, z);
    }

    /// <summary>log(1 + exp(z)) - y z: exact also where a has become 0 or 1.</summary>
    public override void Losses(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, int outputs, Span<float> spare, Span<double> losses)
    {
        Elementwise.Apply<SoftplusOfMinusAbs>(z, spare);
        for (int example = 0; example < labels.Length; example++)
        {
            double loss = 0;
            for (int i = example * outputs; i < (example + 1) * outputs; i++)
                loss += spare[i] + (z[i] > 0 ? z[i] : 0.0);
            losses[example] = loss - z[example * outputs + labels[example]];
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
            V power = Exponential.Apply<L, V>(L.SelectGreater(z, zero, L.Subtract(zero, z), z));
            return Logarithm.Apply<L, V>(L.Add(L.Broadcast(1f), power));
        }
    }
}
