namespace Nabla.Reference;

/// <summary>The derivative of the cost with respect to one parameter, by central differences.</summary>
/// <param name="Value">dC/dp.</param>
/// <param name="OnKink">Whether some activation or the cost crossed its kink between the two sides, which makes the value useless.</param>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public readonly record struct NumericalDerivative(double Value, bool OnKink);
