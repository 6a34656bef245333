namespace Nabla.Reference;

/// <summary>Every kind of cost. A new kind is one new file and one line here.</summary>
internal static class CostCatalogue
{
    public static IReadOnlyList<CostKind> Kinds { get; } =
    [
        QuadraticCost.Kind,
        AbsoluteCost.Kind,
        HuberCost.Kind,
        QuantileCost.Kind,
        PoissonCost.Kind,
        SigmoidCrossEntropyCost.Kind,
        SoftmaxCrossEntropyCost.Kind,
        SigmoidCrossEntropyCost.BinaryKind,
    ];

    /// <summary>Every pair of loss and output activation whose delta is right, with default parameters.</summary>
    public static IReadOnlyList<ReferenceCost> Right { get; } = [.. Kinds.SelectMany(kind => kind.Right())];

    /// <exception cref="ArgumentException">The loss or its output activation is unknown; the message lists what there is.</exception>
    public static CostKind Find(string loss, string output)
    {
        CostKind[] named = [.. Kinds.Where(kind => kind.Name == loss)];
        if (named.Length == 0)
        {
            throw new ArgumentException(
                $"There is no loss '{loss}'. Available: {ReferenceKind.Listed(Kinds.Select(kind => kind.Name))}.", nameof(loss));
        }
        string[] outputs = [.. named.SelectMany(OutputsOf)];
        if (!outputs.Contains(output))
        {
            throw new ArgumentException(
                $"The loss '{loss}' has no output activation '{output}'. Available: {ReferenceKind.Listed(outputs)}.", nameof(output));
        }
        return named.FirstOrDefault(kind => kind.Output == output) ?? named.First(kind => kind.Output is null);
    }

    private static IEnumerable<string> OutputsOf(CostKind kind) =>
        kind.Output is null ? ActivationCatalogue.Kinds.Select(activation => activation.Name) : [kind.Output];
}
