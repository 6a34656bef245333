namespace Nabla.Cli;

/// <summary>Writes rows of text in aligned columns, as plain text.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
            return;
        string[][] cells = [.. rows.Select(row => Array.ConvertAll(row, VisibleText.Escape))];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => cells.Max(row => row[column].Length))];
        foreach (string[] row in cells)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
