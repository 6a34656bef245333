namespace Nabla.Reference;

/// <summary>An entry of <see cref="CostCatalogue"/>: a loss with one output activation of its own, or with any activation.</summary>
internal sealed class CostKind : ReferenceKind
{
    private readonly Func<IReadOnlyDictionary<string, double>, ReferenceActivation?, ReferenceCost> create;

    private CostKind(
        string name, string? output, string description, IReadOnlyList<ReferenceKindParameter> parameters,
        Func<IReadOnlyDictionary<string, double>, ReferenceActivation?, ReferenceCost> create)
        : base(name, description, parameters)
    {
        Output = output;
        this.create = create;
    }

    /// <summary>The name of the one output activation; null if any activation will do.</summary>
    public string? Output { get; }

    /// <summary>A loss whose delta is simple with one output activation, which is part of the cost.</summary>
    public static CostKind WithOutput(
        string output, string name, string description, IReadOnlyList<ReferenceKindParameter> parameters,
        Func<IReadOnlyDictionary<string, double>, ReferenceCost> create) =>
        new(name, output, description, parameters, (values, _) => create(values));

    /// <summary>A loss that is a function of the outputs, whatever their activation.</summary>
    public static CostKind WithAnyOutput(
        string name, string description, IReadOnlyList<ReferenceKindParameter> parameters,
        Func<IReadOnlyDictionary<string, double>, ReferenceActivation, ReferenceCost> create) =>
        new(name, null, description, parameters, (values, output) => create(values, output!));

    /// <summary>This loss with default parameters: with its own output, or with each activation whose derivative is right.</summary>
    public IEnumerable<ReferenceCost> Right()
    {
        Dictionary<string, double> values = ValuesFrom(null, nameof(Parameters));
        return Output is null ? ActivationCatalogue.Right.Select(output => create(values, output)) : [create(values, null)];
    }

    public ReferenceCost Create(
        IReadOnlyDictionary<string, double>? lossParameters, string output, IReadOnlyDictionary<string, double>? outputParameters)
    {
        Dictionary<string, double> values = ValuesFrom(lossParameters, nameof(lossParameters));
        if (Output is null)
            return create(values, ActivationCatalogue.Find(output, nameof(output)).Create(outputParameters, nameof(outputParameters)));
        RequireKnown(output, [], outputParameters, nameof(outputParameters));
        return create(values, null);
    }
}
