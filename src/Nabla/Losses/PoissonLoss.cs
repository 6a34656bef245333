using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// exp(z) - y z: minus the logarithm of the probability of the count y, if its mean is exp(z), without the term that does not depend
/// on z; delta = a - y.
/// </summary>
internal sealed record PoissonLoss() : Loss("poisson", "minus the log-likelihood of counts, whose mean is the output")
{
    public override IReadOnlyList<Activation> OutputActivations => [Activation.Exponential];

    public override bool TakesClasses => false;

    internal override (float Least, float Most) TargetRange => (0f, float.MaxValue);

    private protected override OutputLoss Create(Activation output) => new Unit();

    /// <summary>N(z) = sum(exp(z)).</summary>
    private sealed class Unit : CanonicalUnit
    {
        private protected override void Normalizers(ReadOnlySpan<float> z, int outputs, Span<float> spare, Span<double> normalizers)
        {
            Elementwise.Apply<Kernels.Exponential>(z, spare);
            for (int example = 0; example < normalizers.Length; example++)
            {
                double sum = 0;
                foreach (float power in spare.Slice(example * outputs, outputs))
                    sum += power;
                normalizers[example] = sum;
            }
        }

        private protected override void Activate(Span<float> z, ReadOnlySpan<float> spare) => spare.CopyTo(z);
    }
}
