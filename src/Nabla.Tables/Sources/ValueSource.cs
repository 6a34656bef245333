using System.Globalization;
using System.Text;

namespace Nabla.Tables;

/// <summary>Rows of values that stand in memory, or come from objects.</summary>
internal sealed class ValueSource : TableSource
{
    private readonly IEnumerable<object?[]> rows;

    /// <param name="name">What the table is called in messages.</param>
    /// <param name="columns">The column names.</param>
    /// <param name="rows">A value for each column; enumerated each time the table is read.</param>
    /// <exception cref="ArgumentException">There is no column, or two have the same name.</exception>
    public ValueSource(string name, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        if (columns.Count == 0)
            throw new ArgumentException("There is no column.", nameof(columns));
        UniqueNames.Number(columns, "column", nameof(columns));
        Name = name;
        Columns = columns;
        this.rows = rows;
    }

    public override string Name { get; }

    public override IReadOnlyList<string> Columns { get; }

    public override IEnumerable<TableRow> Rows()
    {
        var row = new ValueRow(Name, Columns);
        foreach (object?[] values in rows)
        {
            row.Set(values);
            yield return row;
        }
    }
}

/// <summary>One row of values, as texts.</summary>
internal sealed class ValueRow(string table, IReadOnlyList<string> columns) : TableRow
{
    private readonly byte[][] cells = new byte[columns.Count][];
    private readonly bool[] areTyped = new bool[columns.Count];
    private long number;

    public override ReadOnlySpan<byte> this[int column] => cells[column];

    public override bool IsTyped(int column) => areTyped[column];

    public override RowLocation Location => new(table, 0, number);

    public void Set(object?[] values)
    {
        number++;
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = CellOf(values[i], columns[i]);
            areTyped[i] = values[i] is not string;
        }
    }

    private byte[] CellOf(object? value, string column)
    {
        try
        {
            return StrictUtf8.Encoding.GetBytes(TextOf(value));
        }
        catch (EncoderFallbackException)
        {
            throw Location.Error(column, "the text has an unpaired surrogate", "Correct where the text comes from.");
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null or DBNull => "",
        string text => text.Trim(),
        double.NaN or float.NaN => "",
        float number => ((double)number).ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString(
            time.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => TextOf(time.DateTime),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
