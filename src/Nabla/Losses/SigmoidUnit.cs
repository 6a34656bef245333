using Nabla.Kernels;

namespace Nabla;

/// <summary>-sum(y log a + (1 - y) log(1 - a)) with sigmoid outputs: N(z) = sum(log(1 + exp(z))).</summary>
/// <param name="smoothing">Share of a label that is spread evenly over yes and no.</param>
internal sealed class SigmoidUnit(float smoothing = 0f) : CanonicalUnit(smoothing)
{
    private protected override void Normalizers(ReadOnlySpan<float> z, int outputs, Span<float> spare, Span<double> normalizers)
    {
        Elementwise.Apply<SoftplusOfMinusAbs>(z, spare);
        for (int example = 0; example < normalizers.Length; example++)
        {
            double sum = 0;
            for (int i = example * outputs; i < (example + 1) * outputs; i++)
                sum += spare[i] + (z[i] > 0 ? z[i] : 0.0);
            normalizers[example] = sum;
        }
    }

    private protected override void Activate(Span<float> z, ReadOnlySpan<float> spare) => Elementwise.Apply<Kernels.Sigmoid>(z, z);

    private protected override double EvenTarget(int outputs) => 0.5;

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
