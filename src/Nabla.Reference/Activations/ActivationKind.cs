namespace Nabla.Reference;

/// <summary>An entry of <see cref="ActivationCatalogue"/>.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it computes, in one line.</param>
/// <param name="parameters">Its parameters, each with a default.</param>
/// <param name="create">Creates the activation, given a value for each parameter.</param>
/// <param name="derivativeIsRight">Whether f' is the derivative of f; false keeps it out of <see cref="ReferenceActivation.All"/>.</param>
internal sealed class ActivationKind(
    string name, string description, IReadOnlyList<ReferenceKindParameter> parameters,
    Func<IReadOnlyDictionary<string, double>, ReferenceActivation> create, bool derivativeIsRight = true)
    : ReferenceKind(name, description, parameters)
{
    /// <summary>The activation with default parameters; always the same instance.</summary>
    public ReferenceActivation Default { get; } = create(parameters.ToDictionary(p => p.Name, p => p.Default!.Value));

    public bool DerivativeIsRight => derivativeIsRight;

    public ReferenceActivation Create(IReadOnlyDictionary<string, double>? given, string argument)
    {
        Dictionary<string, double> values = ValuesFrom(given, argument);
        return given is null or { Count: 0 } ? Default : create(values);
    }
}
