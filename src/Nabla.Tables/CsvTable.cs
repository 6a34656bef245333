using CsvHelper;

namespace Nabla.Tables;

/// <summary>A CSV file with a header, read once: its columns, their types, and its number of rows.</summary>
/// <remarks>
/// Text in UTF-8, with or without a byte order mark. Fields are separated by commas, or by semicolons or tabs if the header line has more
/// of those. White space around a field is ignored, unless it is quoted. Empty lines are skipped. Immutable.
/// </remarks>
public sealed class CsvTable
{
    private CsvTable(CsvSource source)
    {
        Source = source;
        var missing = new int[source.Header.Count];
        var texts = new (string Value, long Line)?[source.Header.Count];
        foreach (CsvReader record in source.Records())
        {
            RowCount++;
            for (int i = 0; i < missing.Length; i++)
            {
                ReadOnlySpan<byte> field = record.GetSpan(i);
                if (field.Length > CsvSource.LongestField)
                {
                    throw source.LocationOf(record).Error(
                        source.Header[i], $"the value has {field.Length} bytes, and at most {CsvSource.LongestField} are sensible",
                        "Check whether a closing quotation mark is missing.");
                }
                if (CsvValue.IsMissing(field))
                    missing[i]++;
                else if (texts[i] is null && !CsvValue.TryParse(field, out _))
                    texts[i] = (record.GetString(i), record.LineNumber);
            }
        }
        if (RowCount == 0)
            throw new CsvLocation(source.Name, 1, 0).Error("only the header is there", "Give at least one row of data.");
        Columns = [.. source.Header.Select((name, i) => new CsvColumn(name, texts[i] is null, missing[i], texts[i]))];
    }

    /// <summary>The file's name.</summary>
    public string Name => Source.Name;

    /// <summary>What stands between the fields: a comma, a semicolon or a tab.</summary>
    public char Separator => Source.Separator;

    /// <summary>Number of data rows.</summary>
    public int RowCount { get; }

    /// <summary>The columns, in the order of the file.</summary>
    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>The file itself.</summary>
    internal CsvSource Source { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A CSV file.</param>
    /// <exception cref="InvalidInputException">It is empty, no text in UTF-8, or malformed; the message names line and row.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CsvTable Read(string path) => new(CsvSource.Open(path));

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">Text in UTF-8.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="InvalidInputException">It is empty, no text in UTF-8, or malformed; the message names line and row.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CsvTable Read(Stream stream, string name) => new(CsvSource.Open(stream, name));

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {RowCount} rows, {Columns.Count} columns";
}
