using System.Globalization;

namespace Nabla.Cli;

/// <summary>How CSV files are written.</summary>
/// <param name="Separator">What separates the fields.</param>
/// <param name="HasDecimalCommas">Whether numbers have a comma instead of a point.</param>
internal sealed record CsvText(char Separator, bool HasDecimalCommas)
{
    /// <summary>With commas between the fields, and points in numbers.</summary>
    public static CsvText Default { get; } = new(',', HasDecimalCommas: false);

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
