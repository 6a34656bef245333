using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Architecture.Tests;

/// <summary>An inline link of a Markdown document: <c>[text](target)</c>.</summary>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Text">What a reader sees.</param>
/// <param name="Target">A web address, or a path from the document's folder; then perhaps <c>#heading</c> or <c>#L12</c>.</param>
internal sealed partial record MarkdownLink(int Line, string Text, string Target)
{
    /// <summary>The links of a document; what stands in code, fenced or between backticks, is none.</summary>
    public static IEnumerable<MarkdownLink> AllIn(IReadOnlyList<string> lines)
    {
        string text = string.Join('\n', Prose(lines));
        var code = CodeSpan().Matches(text);
        return from link in Pattern().Matches(text)
               where !code.Any(span => span.Index < link.Index && link.Index < span.Index + span.Length)
               select new MarkdownLink(1 + text.AsSpan(0, link.Index).Count('\n'), link.Groups["text"].Value, link.Groups["target"].Value);
    }

    /// <summary>What is wrong with the link, in words; null if nothing is, or if it leads out of the repository.</summary>
    /// <param name="document">The path of the document.</param>
    public string? FaultFrom(string document)
    {
        if (Target.Contains("://", StringComparison.Ordinal) || Target.StartsWith("mailto:", StringComparison.Ordinal))
            return null;
        string[] parts = Target.Split('#', 2);
        string path = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
        if (!Path.Exists(path))
            return "there is no such file";
        if (parts.Length == 1)
            return null;
        string[] lines = File.ReadAllLines(path);
        if (LineAnchor().Match(parts[1]) is { Success: true } anchor)
            return LineFault(lines, int.Parse(anchor.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        return Headings(lines).Contains(parts[1]) ? null : "there is no such heading";
    }

    /// <summary>
    /// The target with the number of the line that has the symbol named by <see cref="Text"/>: where it is declared, or else where it is
    /// used, nearest to the number there is. The target as it is where the link is right, names no symbol, or the symbol is gone.
    /// </summary>
    /// <param name="document">The path of the document.</param>
    public string CorrectedFrom(string document)
    {
        if (FaultFrom(document) is null || Identifier().Match(Text) is not { Success: true } match)
            return Target;
        string[] parts = Target.Split('#', 2);
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
        if (parts.Length == 1 || !File.Exists(path) || LineAnchor().Match(parts[1]) is not { Success: true } anchor)
            return Target;
        int number = int.Parse(anchor.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var word = Word(match.Groups[1].Value);
        var found = File.ReadAllLines(path).Index().Where(line => word.IsMatch(line.Item)).ToArray();
        if (found.Length == 0)
            return Target;
        var (index, _) = found.OrderByDescending(line => Declaration().IsMatch(line.Item))
            .ThenBy(line => Math.Abs(line.Index + 1 - number)).First();
        return $"{parts[0]}#L{index + 1}";
    }

    private string? LineFault(string[] lines, int number)
    {
        if (Identifier().Match(Text) is not { Success: true } match)
            return number <= lines.Length ? null : $"there is no line {number}, the last is {lines.Length}";
        string identifier = match.Groups[1].Value;
        var word = Word(identifier);
        if (number <= lines.Length && word.IsMatch(lines[number - 1]))
            return null;
        int[] found = [.. Enumerable.Range(1, lines.Length).Where(line => word.IsMatch(lines[line - 1]))];
        string where = found.Length == 0 ? "in no line" : $"in line {string.Join(", ", found)}";
        return number <= lines.Length
            ? $"line {number} has no {identifier}; it stands {where}"
            : $"there is no line {number}, the last is {lines.Length}; {identifier} stands {where}";
    }

    private static Regex Word(string identifier) => new($@"(?<!\w){Regex.Escape(identifier)}(?!\w)");

    /// <summary>The anchors that GitHub gives to headings: lower case, hyphens for spaces, no punctuation, repeats numbered.</summary>
    private static HashSet<string> Headings(string[] lines)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in Prose(lines))
        {
            if (Heading().Match(line) is not { Success: true } heading)
                continue;
            string name = Pattern().Replace(heading.Groups[1].Value.Trim(), link => link.Groups["text"].Value);
            string anchor = Dropped().Replace(name.ToLowerInvariant(), "").Replace(' ', '-');
            string unique = anchor;
            for (int repeat = 1; !anchors.Add(unique); repeat++)
                unique = $"{anchor}-{repeat}";
        }
        return anchors;
    }

    /// <summary>The lines, with those of fenced code left empty.</summary>
    private static IEnumerable<string> Prose(IReadOnlyList<string> lines)
    {
        bool fenced = false;
        foreach (string line in lines)
        {
            bool fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            yield return fence || fenced ? "" : line;
            fenced ^= fence;
        }
    }

    [GeneratedRegex("""\[(?<text>[^\]]+)\]\((?<target>[^)\s]+)(\s+"[^"]*")?\)""")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex("^`([^`]+)`$")]
    private static partial Regex Identifier();

    [GeneratedRegex("^L([0-9]+)(-L[0-9]+)?$")]
    private static partial Regex LineAnchor();

    [GeneratedRegex(@"^\s*(public|internal|private|protected|static|void)\b")]
    private static partial Regex Declaration();

    [GeneratedRegex("^#{1,6} (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();
}
