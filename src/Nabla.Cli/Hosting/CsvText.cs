using System.Globalization;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>How CSV files are written.</summary>
/// <param name="Separator">What separates the fields.</param>
/// <param name="HasDecimalCommas">Whether numbers have a comma instead of a point.</param>
internal sealed record CsvText(char Separator, bool HasDecimalCommas)
{
    /// <summary>With commas between the fields, and points in numbers.</summary>
    public static CsvText Default { get; } = new(',', HasDecimalCommas: false);

    /// <summary>As a table is written. Numbers have decimal commas if its columns have, and commas do not separate its fields.</summary>
    /// <param name="separator">What separates the fields; null for what is no CSV file.</param>
    /// <param name="encoding">How its columns are read; null for other data.</param>
    public static CsvText Of(char? separator, TableEncoding? encoding) =>
        new(separator ?? ',', encoding is { HasDecimalCommas: true } && separator is not (null or ','));

    /// <summary>Writes one row.</summary>
    public void WriteRow(TextWriter output, IEnumerable<string> fields)
    {
        output.Write(string.Join(Separator, fields));
        output.Write('\n');
    }

    /// <summary>
    /// A text as a field. It is quoted if it has a separator, a quotation mark, a control character or a space at either end, or if it is
    /// empty: a field without quotation marks that is empty has no value.
    /// </summary>
    public string Field(string text) =>
        text.Length == 0 || text[0] == ' ' || text[^1] == ' ' || text.Any(c => c == Separator || c == '"' || char.IsControl(c))
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;

    /// <summary>A number as a field: the shortest text that is read as the same number, and nothing for NaN.</summary>
    public string Field(double number) => double.IsNaN(number) ? "" : Localize(number.ToString("R", CultureInfo.InvariantCulture));

    /// <inheritdoc cref="Field(double)"/>
    public string Field(float number) => float.IsNaN(number) ? "" : Localize(number.ToString("R", CultureInfo.InvariantCulture));

    private string Localize(string number) => HasDecimalCommas ? number.Replace('.', ',') : number;
}
