using Parquet;
using Parquet.Schema;

namespace Nabla.Parquet;

/// <summary>A column of values.</summary>
/// <param name="field">Its description.</param>
/// <param name="write">Writes a value as text, and returns the number of bytes.</param>
internal sealed class ValueColumn<T>(DataField field, Func<T, Span<byte>, int> write) : ParquetColumn(field)
    where T : struct
{
    private readonly byte[] text = new byte[CellText.Longest];
    private T[] values = [];
    private T?[] optional = []; // in place of the values if some may be missing

    public override ReadOnlySpan<byte> Text(int row)
    {
        if (!Field.IsNullable)
            return text.AsSpan(0, write(values[row], text));
        return optional[row] is { } value ? text.AsSpan(0, write(value, text)) : [];
    }

    protected override async Task ReadCellsAsync(ParquetRowGroupReader group)
    {
        if (Field.IsNullable)
            await group.ReadAsync<T>(Field, optional = new T?[group.RowCount]).ConfigureAwait(false);
        else
            await group.ReadAsync<T>(Field, values = new T[group.RowCount]).ConfigureAwait(false);
    }
}
