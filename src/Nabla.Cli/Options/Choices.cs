namespace Nabla.Cli;

/// <summary>Formats of options that take one of a few names.</summary>
internal static class Choices
{
    /// <summary>The format that takes a kind: its name, and perhaps parameters.</summary>
    public static ValueFormat<KindChoice<T>> Among<T>(Catalogue<T> kinds)
        where T : Kind => new(
            OneOf(kinds.Names), kinds.Names[0], (string text, out KindChoice<T> value) =>
                (value = kinds.Find(text.Split(':')[0]) is null ? null! : kinds.Parse(text)) is not null);

    /// <summary>The format that takes one of some names.</summary>
    public static ValueFormat<string> Among(params string[] names) =>
        new(OneOf(names), names[0], (string text, out string value) => names.Contains(value = text, StringComparer.OrdinalIgnoreCase));

    private static string OneOf(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
