namespace Nabla.Reference;

/// <summary>Every kind of activation. A new kind is one new file and one line here.</summary>
internal static class ActivationCatalogue
{
    public static IReadOnlyList<ActivationKind> Kinds { get; } =
    [
        Sigmoid.Kind,
        HyperbolicTangent.Kind,
        Rectifier.Kind,
        Identity.Kind,
        Softsign.Kind,
        LeakyRelu.Kind,
        Elu.Kind,
        Selu.Kind,
        Gelu.Kind,
        Silu.Kind,
        Mish.Kind,
        Softplus.Kind,
        Exponential.Kind,
        SigmoidAsPrinted.Kind,
    ];

    /// <summary>One activation of each kind whose derivative is right, with default parameters.</summary>
    public static IReadOnlyList<ReferenceActivation> Right { get; } =
        [.. Kinds.Where(kind => kind.DerivativeIsRight).Select(kind => kind.Default)];

    /// <exception cref="ArgumentException">There is no activation of this name; the message lists what there is.</exception>
    public static ActivationKind Find(string name, string argument) =>
        Kinds.FirstOrDefault(kind => kind.Name == name)
        ?? throw new ArgumentException(
            $"There is no activation '{name}'. Available: {ReferenceKind.Listed(Kinds.Select(kind => kind.Name))}.", argument);
}
