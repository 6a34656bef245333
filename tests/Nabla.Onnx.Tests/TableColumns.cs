using System.Globalization;
using CsvHelper;
using Nabla.Tables;

namespace Nabla.Onnx.Tests;

/// <summary>The columns of a CSV file as ONNX Runtime gets them, read without Nabla's reader of tables.</summary>
internal static class TableColumns
{
    public static Dictionary<string, Array> Read(string csv, TableEncoding encoding)
    {
        using var reader = new CsvReader(new StringReader(csv), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        var cells = encoding.Columns.ToDictionary(column => column.Name, _ => new List<string>(), StringComparer.Ordinal);
        while (reader.Read())
        {
            foreach (var (name, list) in cells)
                list.Add(reader.GetField(name)!);
        }
        return encoding.Columns.ToDictionary(column => column.Name, column => Convert(column, cells[column.Name]), StringComparer.Ordinal);
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
