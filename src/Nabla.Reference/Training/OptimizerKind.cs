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
    /// <summary>Reads a parameter that is on or off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither 1 nor 0.</exception>
    public static bool IsOn(IReadOnlyDictionary<string, double> values, string parameter) => values[parameter] is 0.0 or 1.0
        ? values[parameter] == 1.0
        : throw new ArgumentOutOfRangeException(parameter, values[parameter], $"{parameter} must be 0 or 1.");

    public ReferenceOptimizer Create(IReadOnlyDictionary<string, double>? given, string argument) => create(ValuesFrom(given, argument));
}
