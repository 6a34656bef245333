using System.Globalization;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>A training option of which a search tries several values.</summary>
internal sealed class TriedOption
{
    private const string Separator = "..";

    private readonly TriedRange? range;

    private TriedOption(string name, string[] values, TriedRange? range)
    {
        Name = name;
        Values = values;
        this.range = range;
    }

    /// <summary>Its name without dashes: <c>learning-rate</c>.</summary>
    public string Name { get; }

    /// <summary>The values, as on the command line of <c>nabla train</c>; empty for a range.</summary>
    public string[] Values { get; }

    /// <summary>Whether the values are a range rather than a list.</summary>
    public bool IsRange => range is not null;

    /// <summary>Reads the value of <c>--try</c>: <c>layers=64 128,64</c>, or <c>learning-rate=0.0001..0.1</c>.</summary>
    /// <exception cref="UsageException">There is no such option, or it does not take such a value.</exception>
    public static TriedOption Read(string text, TrialCommand trial)
    {
        int end = text.IndexOf('=', StringComparison.Ordinal);
        if (end < 1)
            throw Wrong(text, "it names no values", SearchSpace.Example);
        string name = text[..end].TrimStart('-'), values = text[(end + 1)..];
        bool isWhole = trial.TakesNumber<int>(name), isNumber = isWhole || trial.TakesNumber<float>(name);
        int between = isNumber ? values.IndexOf(Separator, StringComparison.Ordinal) : -1;
        if (between >= 0)
            return new(name, [], ReadRange(text, name, values[..between], values[(between + Separator.Length)..], isWhole, trial));
        string[] words = [.. Split(text, values).Distinct(StringComparer.Ordinal)];
        if (words.Length == 0)
            throw Wrong(text, "it names no values", SearchSpace.Example);
        foreach (string word in words)
            trial.RequireValue(name, word);
        return new(name, words, null);
    }

    /// <summary>One of the values.</summary>
    public string Draw(ref RandomStream stream) => range?.Draw(ref stream) ?? Values[(int)stream.NextUInt32((uint)Values.Length)];

    /// <summary>The option with a value, as a user would type it.</summary>
    public string ToArguments(string value) => $" --{Name} {ShellWord.Quote(value)}";

    private static TriedRange ReadRange(string text, string name, string first, string last, bool isWhole, TrialCommand trial)
    {
        trial.RequireValue(name, first);
        trial.RequireValue(name, last);
        double low = double.Parse(first, CultureInfo.InvariantCulture), high = double.Parse(last, CultureInfo.InvariantCulture);
        return low <= high
            ? new TriedRange(low, high, isWhole)
            : throw Wrong(text, "the range ends before it begins", $"--try {name}={last}{Separator}{first}");
    }

    private static IReadOnlyList<string> Split(string text, string values)
    {
        if (values.Contains('\\', StringComparison.Ordinal) || values.Count(c => c == '\'') % 2 != 0)
            throw Wrong(text, "a quotation mark is not closed, or there is a backslash", "Put a value with spaces between two of '.");
        return ShellWord.Split(values);
    }

    private static UsageException Wrong(string text, string why, string remedy) => new($"cannot use --try {text}", why, remedy);
}
