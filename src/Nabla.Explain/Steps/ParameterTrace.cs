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
    /// <inheritdoc/>
    public override string ToString() => $"{Value}, gradient {Gradient} (differences: {Difference}), after a step {NewValue}";
}
