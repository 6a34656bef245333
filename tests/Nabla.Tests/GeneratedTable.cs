namespace Nabla.Tests;

/// <summary>A Markdown table that the program can write. Only <c>tests/accept</c> rewrites it.</summary>
internal static class GeneratedTable
{
    /// <summary>Fails if a table has other rows.</summary>
    /// <param name="document">Path from the root of the repository.</param>
    /// <param name="header">The first line of the table; it occurs once in the document.</param>
    /// <param name="rows">The cells of each row, below the line after the header.</param>
    public static void Matches(string document, string header, IEnumerable<string[]> rows)
    {
        string path = Repository.PathOf(document);
        string[] lines = File.ReadAllLines(path);
        int start = Assert.Single(lines.Index(), line => line.Item == header).Index + 2;
        int end = Array.FindIndex(lines, start, line => !line.StartsWith('|'));
        string[] expected = [.. rows.Select(cells => $"|{string.Concat(cells.Select(Cell))}")];
        if (Environment.GetEnvironmentVariable("NABLA_ACCEPT") == "1")
            File.WriteAllLines(path, [.. lines[..start], .. expected, .. lines[end..]]);
        else if (!expected.AsSpan().SequenceEqual(lines.AsSpan(start, end - start)))
            Assert.Fail($"{document} needs other rows; run tests/accept, which writes them:\n{string.Join('\n', expected)}");
    }

    private static string Cell(string text) =>
        text.Length == 0 ? " |" : $" {text.Replace("|", "\\|", StringComparison.Ordinal)} |";
}
