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
    /// <inheritdoc/>
    public override string ToString() => $"layer {Layer}, unit {Unit}: z = {Z}, a = {Output}";
}
