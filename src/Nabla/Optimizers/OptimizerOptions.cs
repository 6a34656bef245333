using System.Globalization;

namespace Nabla;

/// <summary>How parameters follow the gradient: <see cref="SgdOptions"/> or <see cref="AdamOptions"/>.</summary>
public abstract record OptimizerOptions
{
    private protected OptimizerOptions()
    {
    }

    /// <summary>Length of a step; above 0.</summary>
    public abstract float LearningRate { get; init; }

    internal abstract Optimizer Create(Topology topology, float l2);

    internal virtual void Validate()
    {
        if (!(LearningRate > 0) || !float.IsFinite(LearningRate))
            throw new InvalidOptionException(
                $"The learning rate is {LearningRate}", "Use a finite number above 0, e.g. 0.001 with Adam, 0.1 to 0.5 with SGD.", nameof(LearningRate));
    }
}

/// <summary>Stochastic gradient descent: w -= learning rate * gradient.</summary>
public sealed record SgdOptions : OptimizerOptions
{
    /// <inheritdoc/>
    public override float LearningRate { get; init; } = 0.1f;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"SGD with learning rate {LearningRate}");

    internal override Optimizer Create(Topology topology, float l2) => new Sgd(this, topology, l2);
}

/// <summary>Adam: steps scaled by running means of the gradient and its square (Kingma and Ba, 2015).</summary>
public sealed record AdamOptions : OptimizerOptions
{
    /// <inheritdoc/>
    public override float LearningRate { get; init; } = 0.001f;

    /// <summary>Decay of the mean of gradients; from 0 to below 1.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the mean of squares; from 0 to below 1.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the mean square; above 0.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Adam with learning rate {LearningRate}");

    internal override Optimizer Create(Topology topology, float l2) => new Adam(this, topology, l2);

    internal override void Validate()
    {
        base.Validate();
        if (!(Beta1 is >= 0 and < 1) || !(Beta2 is >= 0 and < 1))
            throw new InvalidOptionException($"Adam's decays are {Beta1} and {Beta2}", "Use numbers from 0 to below 1; the usual ones are 0.9 and 0.999.");
        if (!(Epsilon > 0) || !float.IsFinite(Epsilon))
            throw new InvalidOptionException($"Adam's epsilon is {Epsilon}", "Use a finite number above 0; the usual one is 1e-8.", nameof(Epsilon));
    }
}
