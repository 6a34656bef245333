namespace Nabla.Explain;

/// <summary>What one layer does with one example, in double precision and in the symbols of docs/backprop.md. Immutable.</summary>
/// <param name="Layer">l, counted from 0.</param>
/// <param name="Activation">f.</param>
/// <param name="Inputs">a[l], what goes in, [inputs]: x for the first layer.</param>
/// <param name="Z">z = w a[l] + b, [units].</param>
/// <param name="Outputs">a[l + 1] = f(z), [units].</param>
/// <param name="Delta">delta = dC/dz, [units]; empty without a target.</param>
public sealed record LayerTrace(
    int Layer, string Activation, IReadOnlyList<double> Inputs, IReadOnlyList<double> Z, IReadOnlyList<double> Outputs,
    IReadOnlyList<double> Delta)
{
    /// <summary>Units of the layer.</summary>
    public int Units => Z.Count;

    /// <inheritdoc/>
    public override string ToString() => $"layer {Layer}: {Inputs.Count} inputs, {Units} units ({Activation})";
}
