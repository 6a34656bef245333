namespace Nabla;

/// <summary>
/// Cross-entropy: -sum(y log a) with softmax outputs, -sum(y log a + (1 - y) log(1 - a)) with sigmoid outputs, where y is 1 for the
/// example's class and 0 for the others. Its error at the output is a - y, so a saturated neuron that is wrong still learns.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed record CrossEntropyLoss() : Loss("cross-entropy", "minus the logarithm of the probability that the right class gets")
{
    private static readonly KindParameter[] AllParameters =
    [
        KindParameter.Create<CrossEntropyLoss>(
            "label-smoothing", loss => loss.LabelSmoothing, (loss, value) => loss with { LabelSmoothing = value }, omittedAt: 0f),
    ];

    /// <summary>
    /// Share s of each label that is spread evenly, from 0 to below 1 (default: 0): with softmax outputs y becomes (1 - s) y + s / classes,
    /// with sigmoid outputs (1 - s) y + s / 2. Losses that are reported are of these targets.
    /// </summary>
    /// <remarks>C. Szegedy et al., "Rethinking the Inception architecture for computer vision", 2016.</remarks>
    public float LabelSmoothing { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <inheritdoc/>
    public override IReadOnlyList<Activation> OutputActivations => [Activation.Softmax, Activation.Sigmoid];

    /// <inheritdoc/>
    public override bool TakesValues => false;

    internal override void Validate()
    {
        if (!(LabelSmoothing is >= 0 and < 1))
        {
            throw new InvalidOptionException(
                $"The label smoothing is {LabelSmoothing}", "Use a number from 0 to below 1; the usual one is 0.1.",
                nameof(LabelSmoothing));
        }
    }

    private protected override OutputLoss Create(Activation output) =>
        output == Activation.Softmax ? new SoftmaxUnit(LabelSmoothing) : new SigmoidUnit(LabelSmoothing);

    /// <summary>N(z) = log-sum-exp(z).</summary>
    private sealed class SoftmaxUnit(float smoothing) : CanonicalUnit(smoothing)
    {
        private protected override void Normalizers(ReadOnlySpan<float> z, int outputs, Span<float> spare, Span<double> normalizers) =>
            Kernels.Softmax.Apply(z, outputs, normalizers, spare);

        private protected override void Activate(Span<float> z, ReadOnlySpan<float> spare) => spare.CopyTo(z);

        private protected override double EvenTarget(int outputs) => 1.0 / outputs;
    }
}
