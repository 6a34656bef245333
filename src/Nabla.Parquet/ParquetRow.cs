using Nabla.Tables;
using Parquet;

namespace Nabla.Parquet;

/// <summary>The current row of a row group. A column is read when its first cell is needed.</summary>
/// <param name="source">The file.</param>
/// <param name="group">The row group.</param>
/// <param name="columns">Its columns.</param>
/// <param name="first">Rows of the file before it.</param>
internal sealed class ParquetRow(ParquetSource source, ParquetRowGroupReader group, ParquetColumn[] columns, long first) : TableRow
{
    private int row = -1;

    public override RowLocation Location => new(source.Name, 0, first + row + 1);

    public override ReadOnlySpan<byte> this[int column]
    {
        get
        {
            var read = columns[column];
            if (!read.IsRead)
                source.Read($"rows from {first + 1}, column {RowLocation.Quote(source.Columns[column])}", () => read.ReadAsync(group));
            var text = TextOf(column);
            return text.Length <= CsvSource.LongestField ? text : throw Location.Error(
                source.Columns[column], $"the value has {text.Length} bytes, and at most {CsvSource.LongestField} are sensible",
                "Leave out the column.");
        }
    }

    public override bool IsTyped(int column) => columns[column].IsTyped;

    /// <summary>Goes to the next row.</summary>
    /// <returns>False if there is none.</returns>
    public bool Advance() => ++row < group.RowCount;

    private ReadOnlySpan<byte> TextOf(int column)
    {
        try
        {
            return columns[column].Text(row);
        }
        catch (InvalidDataException error)
        {
            throw Location.Error(source.Columns[column], error.Message, "Correct where the text comes from.");
        }
    }
}
