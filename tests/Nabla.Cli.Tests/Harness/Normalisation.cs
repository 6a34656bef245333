using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

/// <summary>Replaces what differs from run to run: the temporary folder, measured times and random names.</summary>
internal static partial class Normalisation
{
    public static string Apply(string text, string folder)
    {
        string shortened = text
            .Replace(folder + "/", "", StringComparison.Ordinal)
            .Replace(folder, "<folder>", StringComparison.Ordinal);
        shortened = TemporaryName().Replace(shortened, ".nabla-<random>.tmp");
        return JsonSeconds().Replace(Speed().Replace(shortened, "<speed> examples/s"), "\"seconds\":<time>");
    }

    [GeneratedRegex(@"\d+ examples/s")]
    private static partial Regex Speed();

    [GeneratedRegex(@"\.nabla-\w+\.\w+\.tmp")]
    private static partial Regex TemporaryName();

    [GeneratedRegex("\"seconds\":[0-9.eE+-]+")]
    private static partial Regex JsonSeconds();
}
