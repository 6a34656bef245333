using System.Globalization;

namespace Nabla.Cli;

/// <summary>The formats of numbers, lists and texts that options share.</summary>
internal static class ValueFormats
{
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static ValueFormat<string> Text(string expected, string example) =>
        new(expected, example, (string text, out string value) => (value = text).Length > 0);

    /// <summary>A file or a folder.</summary>
    public static ValueFormat<string> File(string expected, string example) =>
        Text(expected, example) with { Candidates = _ => [Candidate.Files] };

    public static ValueFormat<int> Count { get; } =
        new("a whole number of at least 1", "10", (string text, out int value) => TryInteger(text, out value) && value >= 1);

    public static ValueFormat<int> Several { get; } =
        new("a whole number of at least 2", "3", (string text, out int value) => TryInteger(text, out value) && value >= 2);

    public static ValueFormat<int> CountOrZero { get; } =
        new("a whole number of at least 0", "0", (string text, out int value) => TryInteger(text, out value) && value >= 0);

    public static ValueFormat<ulong> Seed { get; } =
        new("a whole number from 0 to 18446744073709551615", "42",
            (string text, out ulong value) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));

    public static ValueFormat<float> Positive { get; } =
        new(
            "a finite number above 0, with a decimal point", "0.5",
            (string text, out float value) => TryNumber(text, out value) && value > 0);

    public static ValueFormat<float> PositiveOrZero { get; } =
        new(
            "a finite number of at least 0, with a decimal point", "0.0001",
            (string text, out float value) => TryNumber(text, out value) && value >= 0);

    public static ValueFormat<float> Share { get; } =
        new(
            "a number from 0 to below 1, with a decimal point", "0.1",
            (string text, out float value) => TryNumber(text, out value) && value is >= 0 and < 1);

    public static ValueFormat<int[]> Sizes { get; } =
        new("whole numbers of at least 1, separated by commas, or none", "128,64", TrySizes);

    public static ValueFormat<(float Strength, float Smoothness)> Elastic { get; } =
        new("a strength and a smoothness, both finite numbers above 0, or 0,0 for none, separated by a comma", "34,4", TryElastic);

    public static ValueFormat<ClassWeights> ClassWeights { get; } =
        new("balanced, or NAME=weight for one or more classes, separated by commas", "balanced", TryClassWeights)
        {
            Candidates = _ => Candidate.Names(["balanced"]),
        };

    private static bool TryClassWeights(string text, out ClassWeights weights)
    {
        weights = Nabla.ClassWeights.Balanced;
        if (text == $"{weights}")
            return true;
        var byName = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (string part in text.Split(','))
        {
            int end = part.LastIndexOf('=');
            if (end < 1 || !TryNumber(part[(end + 1)..].Trim(), out float weight) || !byName.TryAdd(part[..end].Trim(), weight))
                return false;
        }
        weights = Nabla.ClassWeights.From(byName);
        return true;
    }

    private static bool TryElastic(string text, out (float Strength, float Smoothness) value)
    {
        value = default;
        string[] parts = text.Split(',');
        return parts.Length == 2 && TryNumber(parts[0].Trim(), out value.Strength) && TryNumber(parts[1].Trim(), out value.Smoothness)
            && value is { Strength: > 0, Smoothness: > 0 } or (0, 0);
    }

    private static bool TryInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryNumber(string text, out float value) =>
        float.TryParse(text, NumberForm, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    private static bool TrySizes(string text, out int[] sizes)
    {
        sizes = [];
        if (text == "none")
            return true;
        string[] parts = text.Split(',');
        sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!TryInteger(parts[i].Trim(), out sizes[i]) || sizes[i] < 1)
                return false;
        }
        return true;
    }
}
