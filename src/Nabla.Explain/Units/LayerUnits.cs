namespace Nabla.Explain;

/// <summary>How the units of one layer answer to data. Immutable.</summary>
/// <param name="Layer">Counted from 0.</param>
/// <param name="Activation">The layer's activation.</param>
/// <param name="Units">Units of the layer.</param>
/// <param name="Dead">
/// Units through which no example sends a gradient: the slope f'(z) is below 1 % of the steepest slope of f for all of them. They learn
/// nothing more from these data. Empty if slopes do not matter.
/// </param>
/// <param name="Saturated">
/// Units that are not dead, and for which this holds for at least <see cref="SaturatedShare"/> of the examples, where f has a ceiling and a
/// floor (sigmoid, tanh, softsign). Empty for other activations, for which it is normal.
/// </param>
/// <param name="FlatShare">
/// The share of examples and units with such a slope. Null if slopes do not matter: in an output layer whose loss has the error a - y (see
/// <see cref="Loss.IsCanonicalFor"/>), where a confident output is not stuck.
/// </param>
/// <param name="Activations">How a = f(z) is distributed over examples and units.</param>
public sealed record LayerUnits(
    int Layer, string Activation, int Units, IReadOnlyList<int> Dead, IReadOnlyList<int> Saturated, double? FlatShare,
    Histogram Activations)
{
    /// <summary>The share of examples from which on a unit counts as saturated.</summary>
    public const double SaturatedShare = 0.95;

    /// <inheritdoc/>
    public override string ToString() =>
        $"layer {Layer}: {Units} units ({Activation}), {Dead.Count} dead, {Saturated.Count} saturated";
}
