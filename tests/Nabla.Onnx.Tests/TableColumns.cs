using System.Globalization;
using Nabla.Tables;

namespace Nabla.Onnx.Tests;

/// <summary>The columns of a CSV file as ONNX Runtime gets them, read without Nabla's reader of tables.</summary>
internal static class TableColumns
{
    public static Dictionary<string, Array> Read(string csv, TableEncoding encoding)
    {
        // No cell of these tables is quoted.
        string[] lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[][] rows = Array.ConvertAll(lines, line => line.Split(',', StringSplitOptions.TrimEntries));
        List<string> Cells(string name) => [.. rows.Skip(1).Select(row => row[Array.IndexOf(rows[0], name)])];
        return encoding.Columns.ToDictionary(column => column.Name, column => Convert(column, Cells(column.Name)), StringComparer.Ordinal);
    }

    private static Array Convert(ColumnEncoding column, List<string> cells) => column switch
    {
        CategoryEncoding => cells.ToArray(),
        DateEncoding => cells.Select(Days).ToArray(),
        _ => cells.Select(Number).ToArray(),
    };

    private static double Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private static double Days(string cell) =>
        DateTime.TryParse(cell, CultureInfo.InvariantCulture, out var date) ? (date - DateTime.UnixEpoch).TotalDays : double.NaN;
}
