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
        where T : Kind => new(
            OneOf(kinds.Names), kinds.Names[0], (string text, out KindChoice<T> value) =>
            {
                string name = text.Split(':')[0];
                if (kinds.Find(name) is null && Meant(name, kinds.Names) is { } meant)
                    throw new InvalidOptionException($"it is not one of {string.Join(", ", kinds.Names)}", $"Did you mean {meant}?");
                return (value = kinds.Find(name) is null ? null! : kinds.Parse(text)) is not null;
            });

    /// <summary>The format that takes one of some names.</summary>
    public static ValueFormat<string> Among(params string[] names) =>
        new(OneOf(names), names[0], (string text, out string value) => names.Contains(value = text, StringComparer.OrdinalIgnoreCase));

    private static string? Meant(string name, IReadOnlyList<string> names) =>
        OtherNames.TryGetValue(name, out string? meant) && names.Contains(meant.Split(':')[0])
            ? meant : Spelling.Nearest(name.ToLowerInvariant(), names);

    private static string OneOf(IEnumerable<string> names) => $"one of {string.Join(", ", names)}";
}
