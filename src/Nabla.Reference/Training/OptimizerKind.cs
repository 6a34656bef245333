namespace Nabla.Reference;

/// <summary>An entry of <see cref="OptimizerCatalogue"/>.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it computes, in one line.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="create">Creates the optimizer, given a value for each parameter.</param>
internal sealed class OptimizerKind(
    string name, string description, IReadOnlyList<ReferenceKindParameter> parameters,
    Func<IReadOnlyDictionary<string, double>, ReferenceOptimizer> create)
    : ReferenceKind(name, description, parameters)
{
    public ReferenceOptimizer Create(IReadOnlyDictionary<string, double>? given, string argument) => create(ValuesFrom(given, argument));
}
