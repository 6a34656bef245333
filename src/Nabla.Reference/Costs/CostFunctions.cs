namespace Nabla.Reference;

/// <summary>C, the cost of one example, as a function of the outputs.</summary>
/// <param name="a">Outputs, [outputs].</param>
/// <param name="y">Desired outputs, [outputs].</param>
public delegate double CostValue(ReadOnlySpan<double> a, ReadOnlySpan<double> y);

/// <summary>dC/da, the derivative of the cost of one example with respect to each output.</summary>
/// <param name="a">Outputs, [outputs].</param>
/// <param name="y">Desired outputs, [outputs].</param>
/// <param name="derivative">Receives dC/da, [outputs].</param>
public delegate void CostDerivative(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> derivative);
