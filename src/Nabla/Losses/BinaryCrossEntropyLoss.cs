namespace Nabla;

/// <summary>-sum(y log a + (1 - y) log(1 - a)) for columns of yes (1) or no (0), or of probabilities; delta = a - y.</summary>
internal sealed record BinaryCrossEntropyLoss()
    : Loss("binary-cross-entropy", "cross-entropy of each output by itself, for values from 0 to 1")
{
    public override IReadOnlyList<Activation> OutputActivations => [Activation.Sigmoid];

    public override bool TakesClasses => false;

    internal override (float Least, float Most) TargetRange => (0f, 1f);

    private protected override OutputLoss Create(Activation output) => new SigmoidUnit();
}
