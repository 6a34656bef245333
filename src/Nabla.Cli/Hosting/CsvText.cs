namespace Nabla.Cli;

/// <summary>Writes rows of a CSV file with the quotation marks of RFC 4180. Lines end with a line feed.</summary>
internal static class CsvText
{
    /// <summary>Writes one row.</summary>
    public static void WriteRow(TextWriter output, IEnumerable<string> fields)
    {
        output.Write(string.Join(',', fields));
        output.Write('\n');
    }

    /// <summary>
    /// A text as a field. It is quoted if it has a comma, a quotation mark, a control character or a space at either end, or if it is
    /// empty: a field without quotation marks that is empty has no value.
    /// </summary>
    public static string Field(string text) =>
        text.Length == 0 || text[0] == ' ' || text[^1] == ' ' || text.Any(c => c is ',' or '"' || char.IsControl(c))
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
