using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>The content of a file: facts by name, arrays, and columns.</summary>
/// <param name="File">The file, as it is shown to the user.</param>
/// <param name="Kind">The kind of file.</param>
/// <param name="Facts">Names and values, in order.</param>
/// <param name="Arrays">Its arrays, in order.</param>
internal sealed record Findings(
    string File, string Kind, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<ArraySummary> Arrays)
{
    /// <summary>What becomes of the columns of a table, in order.</summary>
    public IReadOnlyList<PlannedColumn> Columns { get; init; } = [];

    /// <summary>What was assumed, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    public void WriteText(TextWriter output)
    {
        TextTable.Write(output, [["file", File], ["kind", Kind], .. Facts.Select(fact => new[] { fact.Name, fact.Value })]);
        if (Columns.Count > 0)
        {
            output.WriteLine();
            TextTable.Write(
                output, [["column", "use", "features", "different", "missing", "values", "why"], .. Columns.Select(ColumnText.Cells)]);
        }
        if (Notices.Count > 0)
            output.WriteLine();
        foreach (string notice in Notices)
            output.WriteLine(notice);
        if (Arrays.Count == 0)
            return;
        output.WriteLine();
        TextTable.Write(
            output, [["array", "type", "shape", "values"], .. Arrays.Select(a => new[] { a.Name, a.Type, a.ShapeText, a.RangeText })]);
    }

    public void WriteJson(JsonLine line)
    {
        line.Text("file", File).Text("kind", Kind);
        foreach (var (name, value) in Facts)
            line.Text(name.Replace(' ', '-'), value);
        if (Columns.Count > 0)
        {
            line.Objects("columns", Columns, ColumnText.WriteJson);
            line.Texts("notices", Notices);
        }
        line.Objects("arrays", Arrays, (json, array) => json
            .Text("name", array.Name)
            .Text("type", array.Type)
            .Numbers("shape", array.Shape)
            .Number("least", array.Least)
            .Number("greatest", array.Greatest)
            .Number("not-finite", array.NotFinite));
    }
}
