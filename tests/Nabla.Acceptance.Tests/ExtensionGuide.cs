using System.Text.RegularExpressions;
using Nabla.Tests.Shared;

namespace Nabla.Acceptance.Tests;

/// <summary>The blocks of docs/extending.md, in the order of the page.</summary>
internal static partial class ExtensionGuide
{
    public static IReadOnlyList<Block> Blocks { get; } = [.. Parse(File.ReadAllLines(Repository.PathOf("docs", "extending.md")))];

    /// <summary>The commands of all shell blocks, each once.</summary>
    public static IEnumerable<string> Commands =>
        Blocks.Where(block => block.Language == "bash").SelectMany(block => block.Lines).Distinct();

    /// <summary>Applies the blocks with code to a copy of the repository.</summary>
    /// <exception cref="FormatException">A block does not fit the code; the message says which, and why.</exception>
    public static void Apply(IDictionary<string, string> files)
    {
        foreach (var block in Blocks.Where(block => block.Language != "bash"))
            block.Apply(files);
    }

    private static IEnumerable<Block> Parse(string[] lines)
    {
        for (int start = 0; start < lines.Length; start++)
        {
            if (!lines[start].StartsWith("```", StringComparison.Ordinal))
                continue;
            int end = Array.IndexOf(lines, "```", start + 1);
            var paragraph = lines[..start].Reverse().SkipWhile(line => line.Length == 0).TakeWhile(line => line.Length > 0).Reverse();
            string? file = FileName().Matches(string.Join(' ', paragraph)).LastOrDefault()?.Groups[1].Value;
            yield return new Block(start + 1, lines[start][3..], file, lines[(start + 1)..end]);
            start = end;
        }
    }

    // A path between backticks.
    [GeneratedRegex(@"`((?:[\w.-]+/)*[\w.-]+\.(?:cs|md|py))`")]
    private static partial Regex FileName();

    /// <summary>A fenced block.</summary>
    /// <param name="Line">The line of its opening fence, from 1.</param>
    /// <param name="Language">What stands after the fence.</param>
    /// <param name="File">The last path in the paragraph above it.</param>
    /// <param name="Lines">Its content.</param>
    public sealed record Block(int Line, string Language, string? File, string[] Lines)
    {
        public void Apply(IDictionary<string, string> files)
        {
            string file = File ?? throw Fault("names no file");
            files.TryGetValue(file, out string? text);
            files[file] = Language switch
            {
                "csharp" => text is null ? Join(Lines) : throw Fault($"is a new file, but {file} exists"),
                "diff" => Patch(text ?? throw Fault($"changes {file}, which does not exist")),
                _ => throw Fault("is neither csharp, diff nor bash"),
            };
        }

        private string Patch(string text)
        {
            string before = Join(Lines.Where(line => line[0] != '+').Select(line => line[1..]));
            string after = Join(Lines.Where(line => line[0] != '-').Select(line => line[1..]));
            string[] parts = ("\n" + text).Split("\n" + before);
            return parts.Length == 2
                ? (parts[0] + "\n" + after + parts[1])[1..]
                : throw Fault($"does not say where to change {File}: its lines occur {parts.Length - 1} times there");
        }

        private FormatException Fault(string what) => new($"docs/extending.md:{Line}: this block {what}.");

        private static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
    }
}
