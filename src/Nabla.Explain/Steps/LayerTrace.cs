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

    /// <summary>
    /// dC/da, [units]: for a hidden layer, the errors of the layer above, weighted. Empty without a target, and in an output layer whose
    /// error is a - y (see <see cref="Loss.IsCanonicalFor"/>): it is not computed there.
    /// </summary>
    public IReadOnlyList<double> OutputGradient { get; init; } = [];

    /// <summary>
    /// f'(z), by which dC/da is multiplied, [units]; f'(a) with <see cref="TraceOptions.AsPrinted"/>. Empty in an output layer whose error
    /// is a - y.
    /// </summary>
    public IReadOnlyList<double> Slopes { get; init; } = [];

    /// <summary>
    /// Units whose slope f'(z) is below 1 % of the steepest slope of f, so that delta is nearly 0: the rule of <see cref="UnitReport"/>.
    /// Empty in an output layer whose error is a - y.
    /// </summary>
    public IReadOnlyList<int> Flat { get; init; } = [];

    /// <summary>Whether f has a ceiling and a floor (sigmoid, tanh, softsign): units that are flat are then saturated.</summary>
    public bool IsBounded { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"layer {Layer}: {Inputs.Count} inputs, {Units} units ({Activation})";
}
