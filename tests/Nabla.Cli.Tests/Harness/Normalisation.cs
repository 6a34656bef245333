using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

/// <summary>
/// Replaces what differs from run to run: the temporary folder, measured times and random names; and lists of kinds, which a new kind
/// would change.
/// </summary>
internal static partial class Normalisation
{
    // The longest first: one list may contain another.
    private static readonly (string List, string Replacement)[] Kinds =
    [
        ListOf(Activation.All, "all activations"), ListOf(Activation.Elementwise, "elementwise activations"), ListOf(Loss.All, "losses"),
        ListOf(OptimizerOptions.All, "optimizers"), ListOf(Schedule.All, "schedules"),
    ];

    public static string Apply(string text, string folder)
    {
        string shortened = text
            .Replace(folder + "/", "", StringComparison.Ordinal)
            .Replace(folder, "<folder>", StringComparison.Ordinal);
        foreach (var (list, replacement) in Kinds)
            shortened = shortened.Replace(list, replacement, StringComparison.Ordinal);
        shortened = TemporaryName().Replace(shortened, ".nabla-<random>.tmp");
        return JsonSeconds().Replace(Speed().Replace(shortened, "<speed> examples/s"), "\"seconds\":<time>");
    }

    private static (string List, string Replacement) ListOf<T>(Catalogue<T> kinds, string name)
        where T : Kind => (string.Join(", ", kinds.Names), $"<{name}>");

    [GeneratedRegex(@"\d+ examples/s")]
    private static partial Regex Speed();

    [GeneratedRegex(@"\.nabla-\w+\.\w+\.tmp")]
    private static partial Regex TemporaryName();

    [GeneratedRegex("\"seconds\":[0-9.eE+-]+")]
    private static partial Regex JsonSeconds();
}
