namespace Nabla.Comparisons;

/// <summary>A table for a results file, whose columns are also aligned in a terminal.</summary>
internal sealed class MarkdownTable(params string[] head)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(column => rows.Prepend(head).Max(row => row[column].Length))];
        string[] rule = [.. widths.Select(width => new string('-', width))];
        return string.Join('\n', rows.Prepend(rule).Prepend(head).Select(row =>
            $"| {string.Join(" | ", row.Zip(widths, (cell, width) => cell.PadRight(width)))} |")) + "\n";
    }
}
