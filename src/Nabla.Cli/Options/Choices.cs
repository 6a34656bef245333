namespace Nabla.Cli;

/// <summary>Formats of options that take one of a few names.</summary>
internal static class Choices
{
    /// <summary>The format that takes the name of an enumeration's value.</summary>
    /// <param name="except">Values that this option does not take.</param>
    public static ValueFormat<T> Among<T>(params T[] except)
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().Except(except).Select(OptionNames.Of).ToArray();
        return new(OneOf(names), names[0],
            (string text, out T value) =>
                OptionNames.TryParse(text, out value) && names.Contains(OptionNames.Of(value), StringComparer.Ordinal));
    }

    /// <summary>The format that takes one of some names.</summary>
    public static ValueFormat<string> Among(params string[] names) =>
        new(OneOf(names), names[0], (string text, out string value) => names.Contains(value = text, StringComparer.OrdinalIgnoreCase));

    private static string OneOf(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
