namespace Nabla.Explain;

/// <summary>What one unit does with one example. Immutable.</summary>
/// <param name="Layer">l, counted from 0.</param>
/// <param name="Unit">j, counted from 0.</param>
/// <param name="Inputs">a[l], [inputs].</param>
/// <param name="Weights">w[j], [inputs].</param>
/// <param name="Bias">b[j].</param>
/// <param name="Z">The sum of w a[l] over the inputs, plus b.</param>
/// <param name="Output">f(z).</param>
/// <param name="Delta">dC/dz; null without a target.</param>
/// <param name="NablaW">dC/dw = delta a[l], [inputs]; empty without a target.</param>
/// <param name="NablaB">dC/db = delta; null without a target.</param>
public sealed record UnitTrace(
    int Layer, int Unit, IReadOnlyList<double> Inputs, IReadOnlyList<double> Weights, double Bias, double Z, double Output,
    double? Delta, IReadOnlyList<double> NablaW, double? NablaB)
{
    /// <summary>w a[l], the terms of z without the bias, [inputs].</summary>
    public IReadOnlyList<double> Products { get; init; } = [];

    /// <summary>The weights with which the layer above reads this unit, [units above]; empty for an output.</summary>
    public IReadOnlyList<double> WeightsAbove { get; init; } = [];

    /// <summary>Those weights times the errors of the layer above: the terms of dC/da, [units above]; empty without a target.</summary>
    public IReadOnlyList<double> ErrorProducts { get; init; } = [];

    /// <summary>The weights after a step of plain gradient descent, w - rate * nablaW, [inputs]; empty without a target.</summary>
    /// <param name="learningRate">The step size.</param>
    public IReadOnlyList<double> WeightsAfter(double learningRate) => [.. NablaW.Select((nabla, k) => Weights[k] - learningRate * nabla)];

    /// <summary>The bias after a step of plain gradient descent; null without a target.</summary>
    /// <param name="learningRate">The step size.</param>
    public double? BiasAfter(double learningRate) => NablaB is { } nabla ? Bias - learningRate * nabla : null;

    /// <inheritdoc/>
    public override string ToString() => $"layer {Layer}, unit {Unit}: z = {Z}, a = {Output}";
}
