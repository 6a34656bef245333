namespace Nabla.Cli;

/// <summary>Formats of options that take one of a few names.</summary>
internal static class Choices
{
    /// <summary>The format that takes the name of a kind.</summary>
    public static ValueFormat<T> Among<T>(Catalogue<T> kinds)
        where T : Kind => new(OneOf(kinds.Names), kinds.Names[0], (string text, out T value) => (value = kinds.Find(text)!) is not null);

    /// <summary>The format that takes one of some names.</summary>
    public static ValueFormat<string> Among(params string[] names) =>
        new(OneOf(names), names[0], (string text, out string value) => names.Contains(value = text, StringComparer.OrdinalIgnoreCase));

    private static string OneOf(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
