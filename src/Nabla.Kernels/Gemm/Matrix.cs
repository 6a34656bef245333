namespace Nabla.Kernels;

/// <summary>A read-only view: element (i, j) is <c>values[i * rowStride + j * columnStride]</c>. Transposing swaps the strides.</summary>
internal readonly ref struct ReadOnlyMatrix
{
    /// <summary>Creates a view of a span.</summary>
    /// <param name="values">Holds every element.</param>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    /// <param name="rowStride">Distance from one row to the next, in elements.</param>
    /// <param name="columnStride">Distance from one column to the next, in elements.</param>
    /// <exception cref="ArgumentException">An element would lie outside <paramref name="values"/>.</exception>
    public ReadOnlyMatrix(ReadOnlySpan<float> values, int rows, int columns, int rowStride, int columnStride)
    {
        MatrixBounds.Check(values.Length, rows, columns, rowStride, columnStride);
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>Creates a view of a span, with contiguous rows and no gaps between them.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    public ReadOnlyMatrix(ReadOnlySpan<float> values, int rows, int columns)
        : this(values, rows, columns, columns, 1)
    {
    }

    internal ReadOnlySpan<float> Values { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Distance from one row to the next, in elements.</summary>
    public int RowStride { get; }

    /// <summary>Distance from one column to the next, in elements.</summary>
    public int ColumnStride { get; }

    /// <summary>The transpose: a view of the same elements.</summary>
    public ReadOnlyMatrix Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);
}

/// <summary>A writable view with contiguous rows, along which vectors run.</summary>
internal readonly ref struct Matrix
{
    /// <summary>Creates a view of a span, with contiguous rows.</summary>
    /// <param name="values">Holds every element.</param>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    /// <param name="rowStride">Distance from one row to the next, at least <paramref name="columns"/>.</param>
    /// <exception cref="ArgumentException">An element would lie outside <paramref name="values"/>, or rows overlap.</exception>
    public Matrix(Span<float> values, int rows, int columns, int rowStride)
    {
        MatrixBounds.Check(values.Length, rows, columns, rowStride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowStride, columns);
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
    }

    /// <summary>Creates a view of a span, with contiguous rows and no gaps between them.</summary>
    /// <param name="values">[rows, columns], row by row.</param>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    public Matrix(Span<float> values, int rows, int columns)
        : this(values, rows, columns, columns)
    {
    }

    internal Span<float> Values { get; }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Distance from one row to the next, in elements.</summary>
    public int RowStride { get; }
}

file static class MatrixBounds
{
    public static void Check(int length, int rows, int columns, int rowStride, int columnStride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(rowStride);
        ArgumentOutOfRangeException.ThrowIfNegative(columnStride);
        // With a stride of 0 even a short span can have 2^31 rows: loops that add a block to their counters would overflow.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, BufferSize.MaximumElements(sizeof(float)));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, BufferSize.MaximumElements(sizeof(float)));
        if (rows == 0 || columns == 0)
            return;
        long last = (rows - 1L) * rowStride + (columns - 1L) * columnStride;
        if (last >= length)
        {
            throw new ArgumentException(
                $"A {rows} x {columns} matrix with strides {rowStride}, {columnStride} needs {last + 1} elements, not {length}.");
        }
    }
}
