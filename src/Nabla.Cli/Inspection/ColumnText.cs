using System.Globalization;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>What becomes of a column of a table, for users.</summary>
internal static class ColumnText
{
    /// <summary>The cells of its line: name, use, features, different values, missing values, range, reason.</summary>
    public static string[] Cells(PlannedColumn column) =>
    [
        column.Name, UseOf(column), Number(column.Features), column.Distinct is { } distinct ? Number(distinct) : "many",
        Number(column.Missing), column.Range, column.Reason,
    ];

    public static void WriteJson(JsonLine json, PlannedColumn column)
    {
        json.Text("name", column.Name)
            .Text("role", column.Role.ToString().ToLowerInvariant())
            .Text("kind", column.Kind.ToString().ToLowerInvariant())
            .Number("features", column.Features)
            .Number("distinct", column.Distinct)
            .Number("missing", column.Missing)
            .Text("range", column.Range)
            .Text("reason", column.Reason);
    }

    private static string UseOf(PlannedColumn column) => column switch
    {
        { Role: ColumnRole.Weight } => "weight",
        { Role: ColumnRole.Target, Kind: ColumnKind.Category } => "target (classes)",
        { Role: ColumnRole.Target } => "target (numbers)",
        { Kind: ColumnKind.Ignore } => "left out",
        _ => column.Kind.ToString().ToLowerInvariant(),
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
