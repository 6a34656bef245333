using Parquet;
using Parquet.Schema;

namespace Nabla.Parquet;

/// <summary>A column of one row group.</summary>
internal abstract class ParquetColumn
{
    /// <summary>Whether it has been read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Whether its cells are values, and no texts.</summary>
    public virtual bool IsTyped => true;

    /// <summary>A column that has not been read; null for a field that has no place in a table.</summary>
    public static ParquetColumn? For(Field field)
    {
        if (field is not DataField { IsArray: false } data)
            return null;
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
            _ when data.ClrType == typeof(ReadOnlyMemory<char>) => new TextColumn(data),
            _ when data.ClrType == typeof(DateOnly) => new ValueColumn<DateOnly>(
                data, (value, text) => CellText.Write(value.ToDateTime(default), text)),
            _ when data.ClrType == typeof(TimeOnly) => new ValueColumn<TimeOnly>(
                data, (value, text) => CellText.Write(value.ToTimeSpan(), text)),
            _ when data.ClrType == typeof(TimeSpan) => new ValueColumn<TimeSpan>(data, CellText.Write),
            _ when data.ClrType == typeof(Guid) => new ValueColumn<Guid>(data, CellText.Write),
            _ => null,
        };
    }

    /// <summary>Reads all cells.</summary>
    /// <param name="group">The row group.</param>
    public async Task<bool> ReadAsync(ParquetRowGroupReader group)
    {
        await ReadCellsAsync(group).ConfigureAwait(false);
        return IsRead = true;
    }

    /// <summary>The text of a cell, valid until the next one is asked for; empty if it has no value.</summary>
    /// <param name="row">Its row in the group.</param>
    public abstract ReadOnlySpan<byte> Text(int row);

    protected abstract Task ReadCellsAsync(ParquetRowGroupReader group);
}
