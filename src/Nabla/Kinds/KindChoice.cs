using System.Globalization;

namespace Nabla;

/// <summary>A kind as text chooses it (see <see cref="Catalogue{T}.Parse"/>): its name, and perhaps parameters. Immutable.</summary>
/// <typeparam name="T">The sort, e.g. <see cref="OptimizerOptions"/>.</typeparam>
public sealed class KindChoice<T>
    where T : Kind
{
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly IReadOnlyList<(KindParameter Parameter, float Value)> given;

    private KindChoice(T plain, IReadOnlyList<(KindParameter Parameter, float Value)> given)
    {
        Plain = plain;
        this.given = given;
        Kind = ApplyTo(plain);
    }

    /// <summary>The kind of that name, with its default parameters.</summary>
    public T Plain { get; }

    /// <summary>The kind with the parameters that the text gives; the others have their defaults.</summary>
    public T Kind { get; }

    /// <summary>A kind of the same name, with the parameters that the text gives; the others stay.</summary>
    /// <param name="kind">A kind of the same name.</param>
    public T ApplyTo(T kind) => given.Aggregate(kind, (kind, next) => next.Parameter.With(kind, next.Value));

    /// <inheritdoc/>
    public override string ToString() => Kind.ToString();

    /// <summary>See <see cref="Catalogue{T}.Parse"/>.</summary>
    internal static KindChoice<T> Parse(string text, Catalogue<T> catalogue)
    {
        string[] parts = text.Split(':', 2);
        var plain = catalogue.Get(parts[0]);
        var given = parts.Skip(1).SelectMany(list => list.Split(',')).Select(assignment => Assignment(assignment, plain)).ToArray();
        if (given.CountBy(next => next.Parameter).FirstOrDefault(count => count.Value > 1).Key is { } repeated)
            throw new InvalidOptionException($"{plain.Name} is given {repeated} more than once", "Give it one value.");
        return new KindChoice<T>(plain, given);
    }

    private static (KindParameter Parameter, float Value) Assignment(string text, T kind)
    {
        string[] parts = text.Split('=', 2);
        if (kind.Parameters.FirstOrDefault(known => known.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase)) is not { } parameter)
        {
            throw new InvalidOptionException(
                $"{kind.Name} has no parameter \"{parts[0]}\"",
                kind.Parameters.Count == 0 ? $"Write {kind.Name} alone."
                    : $"Known parameters: {string.Join(", ", kind.Parameters)}.");
        }
        if (parts.Length == 2 && float.TryParse(parts[1], NumberForm, CultureInfo.InvariantCulture, out float value))
            return (parameter, value);
        throw new InvalidOptionException(
            $"{kind.Name}: {parameter} {(parts.Length == 1 ? "has no value" : $"is \"{parts[1]}\", which is not a number")}",
            $"Write {kind.Name}:{parameter}=NUMBER, with a decimal point.");
    }
}
