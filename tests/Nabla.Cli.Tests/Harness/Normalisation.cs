using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

/// <summary>Replaces what differs from run to run: the temporary folder and measured times.</summary>
internal static partial class Normalisation
{
    public static string Of(string text, string folder)
    {
        string shortened = text.Replace(folder + "/", "", StringComparison.Ordinal).Replace(folder, "<folder>", StringComparison.Ordinal);
        return JsonSeconds().Replace(Speed().Replace(shortened, "<speed> examples/s"), "\"seconds\":<time>");
    }

    [GeneratedRegex(@"\d+ examples/s")]
    private static partial Regex Speed();

    [GeneratedRegex("\"seconds\":[0-9.eE+-]+")]
    private static partial Regex JsonSeconds();
}
