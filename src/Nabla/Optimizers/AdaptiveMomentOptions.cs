namespace Nabla;

/// <summary>What Adam and its relatives have in common. Immutable.</summary>
public abstract record AdaptiveMomentOptions : OptimizerOptions
{
    private static readonly KindParameter[] AllParameters =
    [
        .. CommonParameters,
        KindParameter.Create<AdaptiveMomentOptions>("beta1", o => o.Beta1, (o, value) => o with { Beta1 = value }),
        KindParameter.Create<AdaptiveMomentOptions>("beta2", o => o.Beta2, (o, value) => o with { Beta2 = value }),
        KindParameter.Create<AdaptiveMomentOptions>("epsilon", o => o.Epsilon, (o, value) => o with { Epsilon = value }),
        KindParameter.CreateSwitch<AdaptiveMomentOptions>("amsgrad", o => o.Amsgrad, (o, value) => o with { Amsgrad = value }),
    ];

    private protected AdaptiveMomentOptions(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Step size; above 0 (default: 0.001).</summary>
    public sealed override float LearningRate { get; init; } = 0.001f;

    /// <summary>Decay of the mean of gradients; from 0 to below 1 (default: 0.9).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the mean of squares; from 0 to below 1 (default: 0.999).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the mean square; above 0 (default: 1e-8).</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>
    /// Whether a step divides by the largest mean square so far instead of the present one (Reddi, Kale and Kumar, 2018), as PyTorch does:
    /// the largest is taken before the correction for the first steps (default: false).
    /// </summary>
    public bool Amsgrad { get; init; }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<KindParameter> Parameters => AllParameters;

    /// <summary>Whether weight decay shrinks the weights by itself instead of being added to the gradient.</summary>
    private protected abstract bool DecouplesDecay { get; }

    internal sealed override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => Amsgrad
        ? new AdaptiveMoments<On>(this, DecouplesDecay, blocks)
        : new AdaptiveMoments<Off>(this, DecouplesDecay, blocks);

    internal sealed override void Validate()
    {
        base.Validate();
        CheckDecay("beta1", Beta1, "0.9");
        CheckDecay("beta2", Beta2, "0.999");
        if (!(Epsilon > 0) || !float.IsFinite(Epsilon))
            throw new InvalidOptionException(
                $"Adam's epsilon is {Epsilon}", "Use a finite number above 0; the usual one is 1e-8.", nameof(Epsilon));
    }

    private static void CheckDecay(string name, float decay, string usual)
    {
        if (!(decay is >= 0 and < 1))
            throw new InvalidOptionException($"Adam's {name} is {decay}", $"Use a number from 0 to below 1; the usual one is {usual}.");
    }
}
