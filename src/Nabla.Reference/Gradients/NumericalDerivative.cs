namespace Nabla.Reference;

/// <summary>The derivative of the cost by one parameter, by central differences.</summary>
/// <param name="Value">dC/dp.</param>
/// <param name="OnKink">Whether some ReLU switched between the two sides, so that the value is of no use.</param>
public readonly record struct NumericalDerivative(double Value, bool OnKink);
