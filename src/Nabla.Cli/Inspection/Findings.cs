namespace Nabla.Cli;

/// <summary>The content of a file: facts by name, and arrays.</summary>
/// <param name="File">The file, as it is shown to the user.</param>
/// <param name="Kind">The kind of file.</param>
/// <param name="Facts">Names and values, in order.</param>
/// <param name="Arrays">Its arrays, in order.</param>
internal sealed record Findings(
    string File, string Kind, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<ArraySummary> Arrays)
{
    public void WriteText(TextWriter output)
    {
        TextTable.Write(output, [["file", File], ["kind", Kind], .. Facts.Select(fact => new[] { fact.Name, fact.Value })]);
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
        line.Objects("arrays", Arrays, (json, array) => json
            .Text("name", array.Name)
            .Text("type", array.Type)
            .Numbers("shape", array.Shape)
            .Number("least", array.Least)
            .Number("greatest", array.Greatest)
            .Number("not-finite", array.NotFinite));
    }
}
