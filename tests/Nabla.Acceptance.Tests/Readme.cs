using System.Text.RegularExpressions;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The parts of README.md that the tests run.</summary>
internal static partial class Readme
{
    public static string[] Lines { get; } = File.ReadAllLines(Repository.PathOf("README.md"));

    /// <summary>The fenced code blocks of one language, with the line number of each opening fence, counted from 1.</summary>
    public static IEnumerable<(int Line, string Text)> Blocks(string language) => Blocks(language, Lines);

    /// <summary>The fenced code blocks of one language in a document.</summary>
    public static IEnumerable<(int Line, string Text)> Blocks(string language, string[] document)
    {
        for (int start = 0; start < document.Length; start++)
        {
            if (document[start] != "```" + language)
                continue;
            int end = Array.IndexOf(document, "```", start + 1);
            yield return (start + 1, string.Join('\n', document[(start + 1)..end]));
            start = end;
        }
    }

    /// <summary>The commands of all shell blocks, without comments.</summary>
    public static IEnumerable<string> Commands =>
        from block in Blocks("bash")
        from line in block.Text.Split('\n')
        select line.Split('#')[0].Trim() into command
        where command.Length > 0
        select command;

    /// <summary>The arguments of each command in the indented list, without the description beside it.</summary>
    public static IEnumerable<string> Listed =>
        from line in Lines
        select Entry().Match(line) into entry
        where entry.Success
        select entry.Groups[1].Value;

    /// <summary>The table of results: the arguments of a training run, its accuracy, its fingerprint.</summary>
    public static IEnumerable<(string Arguments, double Accuracy, string Fingerprint)> Results =>
        from line in Lines
        select Row().Match(line) into row
        where row.Success
        select (
            row.Groups[1].Value, double.Parse(row.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture),
            "sha256:" + row.Groups[3].Value);

    [GeneratedRegex(@"^\| `train ?([^`]*)` \| ([0-9.]+) \| .*`([0-9a-f]{64})` \|$")]
    private static partial Regex Row();

    // A description follows a command after two or more spaces.
    [GeneratedRegex(@"^    nabla (\S+(?: \S+)*)(?:  +.*)?$")]
    private static partial Regex Entry();
}
