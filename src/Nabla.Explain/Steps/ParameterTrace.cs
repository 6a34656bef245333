using Nabla.Reference;

namespace Nabla.Explain;

/// <summary>One weight or bias, its gradient computed in two ways, and what a step does to it. Immutable.</summary>
/// <param name="Value">The value before the step.</param>
/// <param name="Gradient">dC/dp by backpropagation.</param>
/// <param name="Difference">dC/dp by central differences: the parameter is moved a little to either side.</param>
/// <param name="OnKink">
/// Whether an activation crossed a kink between the two sides, such as 0 for ReLU, which makes the difference useless.
/// </param>
/// <param name="LearningRate">The step size.</param>
/// <param name="NewValue">The value after a step of plain gradient descent: p - rate * dC/dp.</param>
public sealed record ParameterTrace(
    double Value, double Gradient, double Difference, bool OnKink, double LearningRate, double NewValue)
{
    /// <summary>h, by which the parameter is moved to either side for the central differences.</summary>
    public double Step { get; init; }

    /// <summary>
    /// How far the two gradients are apart, |one - other| / (|one| + |other|), as the gradient check judges: a sum below
    /// <see cref="GradientCheck.Tiny"/> counts as that.
    /// </summary>
    public double RelativeDifference =>
        Math.Abs(Gradient - Difference) / Math.Max(Math.Abs(Gradient) + Math.Abs(Difference), GradientCheck.Tiny);

    /// <inheritdoc/>
    public override string ToString() => $"{Value}, gradient {Gradient} (differences: {Difference}), after a step {NewValue}";
}
