namespace Nabla;

/// <summary>How parameters follow the gradient: <see cref="All"/> lists the optimizers. Immutable.</summary>
/// <remarks>
/// To add a kind: a file beside this one that holds its options and the arithmetic of its step, and a line in <see cref="All"/>.
/// </remarks>
public abstract record OptimizerOptions : Kind
{
    private protected OptimizerOptions(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>The parameters that every optimizer has; initialized before the catalogue, whose kinds use them.</summary>
    private protected static IReadOnlyList<KindParameter> CommonParameters { get; } =
    [
        KindParameter.Create<OptimizerOptions>("learning-rate", o => o.LearningRate, (o, value) => o with { LearningRate = value }),
        KindParameter.Create<OptimizerOptions>("l2", o => o.WeightDecay, (o, value) => o with { WeightDecay = value }),
    ];

    /// <summary>All optimizers, with their default settings.</summary>
    public static Catalogue<OptimizerOptions> All { get; } = new("optimizer",
    [
        new SgdOptions(),
        new MomentumOptions(),
        new RmsPropOptions(),
        new AdamOptions(),
        new AdamWOptions(),
    ]);

    /// <summary>Step size; above 0.</summary>
    public abstract float LearningRate { get; init; }

    /// <summary>The largest learning rate that is worth a try, where a search for a good one ends (default: 10).</summary>
    public virtual float LargestLearningRate => 10f;

    /// <summary>
    /// Weight decay: the loss gains half of it times the sum of squared weights, not biases (L2 regularization).
    /// <see cref="AdamWOptions"/> shrinks the weights instead. 0 or more (default: 0; with <see cref="AdamWOptions"/>, 0.01). The command
    /// line and files call it <c>l2</c>.
    /// </summary>
    public float WeightDecay { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => CommonParameters;

    /// <summary>Creates the optimizer with its memory.</summary>
    /// <param name="blocks">The parameters that it will move.</param>
    internal abstract Optimizer Create(IReadOnlyList<ParameterBlock> blocks);

    internal override void Validate()
    {
        if (!(LearningRate > 0) || !float.IsFinite(LearningRate))
        {
            throw new InvalidOptionException(
                $"The learning rate is {LearningRate}", "Use a finite number above 0, e.g. 0.001 with adam, 0.1 to 0.5 with sgd.",
                nameof(LearningRate));
        }
        if (!(WeightDecay >= 0) || !float.IsFinite(WeightDecay))
        {
            throw new InvalidOptionException(
                $"The weight decay (l2) is {WeightDecay}", "Use 0 or a finite number above it, e.g. 0.0001.", nameof(WeightDecay));
        }
    }
}
