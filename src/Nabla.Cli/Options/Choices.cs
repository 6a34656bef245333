namespace Nabla.Cli;

/// <summary>Formats of options that take one of a few names.</summary>
internal static class Choices
{
    /// <summary>The format that takes a kind: its name, and perhaps parameters.</summary>
    public static ValueFormat<KindChoice<T>> Among<T>(Catalogue<T> kinds)
        where T : Kind => new(OneOf(kinds.Names), kinds.Names[0], (string text, out KindChoice<T> value) =>
        {
            bool isKnown = IsKnown(text.Split(':')[0], kinds.Names);
            value = isKnown ? kinds.Parse(text) : null!;
            return isKnown;
        })
        {
            Candidates = word => Candidate.Kinds(kinds, word),
        };

    /// <summary>The format that takes one of some names.</summary>
    public static ValueFormat<string> Among(params string[] names) =>
        new(OneOf(names), names[0], (string text, out string value) =>
        {
            value = names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? text;
            return IsKnown(text, names);
        })
        {
            Candidates = _ => Candidate.Names(names),
        };

    /// <exception cref="InvalidOptionException">The name is not known, but a similar one is.</exception>
    private static bool IsKnown(string name, IReadOnlyCollection<string> names)
    {
        if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
            return true;
        string? meant = OtherNames.Kind(name, names) ?? Spelling.Nearest(name.ToLowerInvariant(), names);
        return meant is null
            ? false
            : throw new InvalidOptionException($"it is not {OneOf(names)}", $"Did you mean {meant}?");
    }

    private static string OneOf(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
