using Nabla.Report;

namespace Nabla.Cli;

/// <summary>Writes rows of text in aligned columns, as plain text.</summary>
internal static class TextTable
{
    /// <summary>Writes the rows.</summary>
    /// <param name="output">Where they go.</param>
    /// <param name="rows">The first may be a heading. All have the same number of cells.</param>
    /// <param name="leftColumns">Columns from this one on are aligned at their right end.</param>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, int leftColumns = int.MaxValue)
    {
        if (rows.Count == 0)
            return;
        string[][] cells = [.. rows.Select(row => Array.ConvertAll(row, VisibleText.Escape))];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => cells.Max(row => row[column].Length))];
        foreach (string[] row in cells)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => Pad(cell, column))).TrimEnd());

        string Pad(string cell, int column) => column < leftColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]);
    }
}
