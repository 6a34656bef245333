namespace Nabla.Reference;

/// <summary>Every kind of optimizer. A new kind is one new file and one line here.</summary>
internal static class OptimizerCatalogue
{
    public static IReadOnlyList<OptimizerKind> Kinds { get; } =
    [
        ReferenceSgd.Kind,
        ReferenceMomentum.Kind,
        ReferenceRmsProp.Kind,
        ReferenceAdam.Kind,
        ReferenceAdamW.Kind,
    ];

    /// <exception cref="ArgumentException">There is no optimizer of this name; the message lists what there is.</exception>
    public static OptimizerKind Find(string name, string argument) =>
        Kinds.FirstOrDefault(kind => kind.Name == name)
        ?? throw new ArgumentException(
            $"There is no optimizer '{name}'. Available: {ReferenceKind.Listed(Kinds.Select(kind => kind.Name))}.", argument);
}
