namespace Nabla.Reference;

/// <summary>One entry of a catalogue: a kind of activation, cost or optimizer, with its name, description and parameters.</summary>
/// <remarks>Immutable, and therefore thread-safe.</remarks>
public abstract class ReferenceKind
{
    private protected ReferenceKind(string name, string description, IReadOnlyList<ReferenceKindParameter> parameters)
    {
        Name = name;
        Description = description;
        Parameters = parameters;
    }

    /// <summary>The name that <c>Create</c> expects, e.g. <c>sigmoid</c>.</summary>
    public string Name { get; }

    /// <summary>What it computes, in one line.</summary>
    public string Description { get; }

    /// <summary>The parameters that <c>Create</c> accepts; empty if there are none.</summary>
    public IReadOnlyList<ReferenceKindParameter> Parameters { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Description}";

    /// <summary>A value for each parameter: the given one, or else the default.</summary>
    /// <param name="given">Values by parameter name; null for none.</param>
    /// <param name="argument">The caller's argument, for the exception.</param>
    /// <exception cref="ArgumentException">A given name is unknown, or a parameter without a default is missing.</exception>
    internal Dictionary<string, double> ValuesFrom(IReadOnlyDictionary<string, double>? given, string argument)
    {
        RequireKnown(Name, [.. Parameters.Select(parameter => parameter.Name)], given, argument);
        var values = new Dictionary<string, double>();
        foreach (ReferenceKindParameter parameter in Parameters)
        {
            values[parameter.Name] = given is not null && given.TryGetValue(parameter.Name, out double value)
                ? value
                : parameter.Default
                    ?? throw new ArgumentException($"'{Name}' needs a value for the parameter '{parameter.Name}'.", argument);
        }
        return values;
    }

    /// <summary>Refuses parameter names that a kind does not have.</summary>
    /// <exception cref="ArgumentException">A given name is unknown; the message lists the known ones.</exception>
    internal static void RequireKnown(
        string kind, IReadOnlyList<string> known, IReadOnlyDictionary<string, double>? given, string argument)
    {
        foreach (string name in given?.Keys ?? [])
        {
            if (!known.Contains(name))
                throw new ArgumentException($"'{kind}' has no parameter '{name}'. Available: {Listed(known)}.", argument);
        }
    }

    /// <summary>Names for a message: separated by commas, each once.</summary>
    internal static string Listed(IEnumerable<string> names) => string.Join(", ", names.Distinct()) is { Length: > 0 } list ? list : "none";
}
