using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>What is in a table.</summary>
internal static class TableInspection
{
    public static Findings Of(string path, string shown)
    {
        var table = CsvTable.Read(path);
        return new(shown, "table (CSV)", [("rows", $"{table.RowCount}"), .. table.Columns.Select((column, i) => ($"column {i + 1}", column.ToString()))], []);
    }
}
