using Nabla.Tables;

namespace Nabla.Explain;

/// <summary>The value of a column in one row of a table, as text. Immutable.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Text">Numbers with the digits that are known, dates as year, month and day; null if it is missing or unknown.</param>
public sealed record RowValue(string Column, string? Text)
{
    /// <summary>Reads a row back from the features that its columns became.</summary>
    /// <param name="encoding">How the table was encoded.</param>
    /// <param name="inputs">[rows, features], as the encoding made them.</param>
    /// <param name="row">Number of the row, from 0.</param>
    /// <returns>A value for each column, in the order of the encoding.</returns>
    /// <exception cref="ArgumentException">The features are not those of the encoding, or there is no such row.</exception>
    public static IReadOnlyList<RowValue> Read(TableEncoding encoding, FeatureTable inputs, int row)
    {
        TableColumns.Require(encoding, inputs);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)inputs.Rows, nameof(row));
        var values = new RowValue[encoding.Columns.Count];
        int start = 0;
        var features = inputs.FloatRow(row);
        foreach (var (number, column) in encoding.Columns.Index())
        {
            values[number] = new RowValue(column.Name, ColumnValues.TextOf(column, features.Slice(start, column.Width)));
            start += column.Width;
        }
        return values;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Column}: {Text ?? "missing"}";
}
