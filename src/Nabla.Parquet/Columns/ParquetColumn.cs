using Parquet;
using Parquet.Schema;

namespace Nabla.Parquet;

/// <summary>A column of one row group.</summary>
/// <param name="description">Its description.</param>
internal abstract class ParquetColumn(DataField description)
{
    /// <summary>Whether it has been read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Whether its cells are numbers, dates or booleans.</summary>
    public virtual bool IsTyped => true;

    /// <summary>Its description.</summary>
    protected DataField Field => description;

    /// <summary>How the values of the current row group are written.</summary>
    protected ChunkEncoding Written { get; private set; }

    /// <summary>A column that has not been read; null for a field that has no place in a table.</summary>
    public static ParquetColumn? For(Field field)
    {
        if (field is not DataField { IsArray: false } data)
            return null;
        if (data is TimeDataField time)
        {
            long perSecond = time.Precision switch
            {
                TimeUnitPrecision.Millis => 1_000,
                TimeUnitPrecision.Micros => 1_000_000,
                _ => 1_000_000_000,
            };
            return data.ClrType == typeof(int)
                ? new ValueColumn<int>(data, (value, text) => CellText.WriteTime(value, perSecond, text))
                : new ValueColumn<long>(data, (value, text) => CellText.WriteTime(value, perSecond, text));
        }
        return Type.GetTypeCode(data.ClrType) switch
        {
            TypeCode.Boolean => new ValueColumn<bool>(data, CellText.Write),
            TypeCode.SByte => new ValueColumn<sbyte>(data, CellText.Write),
            TypeCode.Byte => new ValueColumn<byte>(data, CellText.Write),
            TypeCode.Int16 => new ValueColumn<short>(data, CellText.Write),
            TypeCode.UInt16 => new ValueColumn<ushort>(data, CellText.Write),
            TypeCode.Int32 => new ValueColumn<int>(data, CellText.Write),
            TypeCode.UInt32 => new ValueColumn<uint>(data, CellText.Write),
            TypeCode.Int64 => new ValueColumn<long>(data, CellText.Write),
            TypeCode.UInt64 => new ValueColumn<ulong>(data, CellText.Write),
            TypeCode.Single => new ValueColumn<float>(data, (value, text) => CellText.Write((double)value, text)),
            TypeCode.Double => new ValueColumn<double>(data, CellText.Write),
            TypeCode.Decimal => new ValueColumn<decimal>(data, CellText.Write),
            TypeCode.DateTime => new ValueColumn<DateTime>(data, CellText.Write),
            _ when data.ClrType == typeof(DateOnly) => new ValueColumn<DateOnly>(
                data, (value, text) => CellText.Write(value.ToDateTime(default), text)),
            _ when data.ClrType == typeof(Guid) => new ValueColumn<Guid>(data, CellText.Write),
            _ when data.ClrType == typeof(ReadOnlyMemory<char>) => new TextColumn(data),
            _ => null,
        };
    }

    /// <summary>Reads all cells.</summary>
    /// <param name="group">The row group.</param>
    /// <exception cref="InvalidDataException">It has more or fewer cells than the group has rows.</exception>
    /// <exception cref="NotSupportedException">The library would read other values than those that were written.</exception>
    public async Task<bool> ReadAsync(ParquetRowGroupReader group)
    {
        var chunk = group.GetMetadata(description)?.MetaData;
        // The library would fill the rest with what its buffers held before.
        if (chunk?.NumValues is var count && count != group.RowCount)
            throw new InvalidDataException($"it has {count} values for {group.RowCount} rows");
        Written = ChunkEncoding.Of(chunk!, description);
        await ReadCellsAsync(group).ConfigureAwait(false);
        return IsRead = true;
    }

    /// <summary>The text of a cell, valid until the next one is asked for; empty if it has no value.</summary>
    /// <param name="row">Its row in the group.</param>
    /// <exception cref="InvalidDataException">It cannot be written as text.</exception>
    public abstract ReadOnlySpan<byte> Text(int row);

    protected abstract Task ReadCellsAsync(ParquetRowGroupReader group);
}
