namespace Nabla.Cli;

/// <summary>Formats of options that take one of a few names.</summary>
internal static class Choices
{
    /// <summary>Names of kinds in other libraries.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mse"] = "quadratic", ["l2"] = "quadratic", ["squared"] = "quadratic", ["mae"] = "absolute", ["l1"] = "absolute",
        ["bce"] = "binary-cross-entropy", ["pinball"] = "quantile", ["linear"] = "identity", ["logistic"] = "sigmoid",
        ["swish"] = "silu", ["nesterov"] = "momentum:nesterov=1", ["amsgrad"] = "adam:amsgrad=1", ["warmup"] = "cosine",
        ["glorot"] = "xavier", ["kaiming"] = "he",
    };

    /// <summary>The format that takes a kind: its name, and perhaps parameters.</summary>
    public static ValueFormat<KindChoice<T>> Among<T>(Catalogue<T> kinds)
        where T : Kind => new(OneOf(kinds.Names), kinds.Names[0], (string text, out KindChoice<T> value) =>
        {
            bool isKnown = IsKnown(text.Split(':')[0], kinds.Names);
            value = isKnown ? kinds.Parse(text) : null!;
            return isKnown;
        });

    /// <summary>The format that takes one of some names.</summary>
    public static ValueFormat<string> Among(params string[] names) =>
        new(OneOf(names), names[0], (string text, out string value) => IsKnown(value = text, names));

    /// <exception cref="InvalidOptionException">The name is not known, but a similar one is.</exception>
    private static bool IsKnown(string name, IReadOnlyList<string> names)
    {
        if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
            return true;
        string? meant = OtherNames.TryGetValue(name, out string? other) && names.Contains(other.Split(':')[0])
            ? other
            : Spelling.Nearest(name.ToLowerInvariant(), names);
        return meant is null
            ? false
            : throw new InvalidOptionException($"it is not {OneOf(names)}", $"Did you mean {meant}?");
    }

    private static string OneOf(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
