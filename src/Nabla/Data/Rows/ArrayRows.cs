using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Rows in an array, which is not copied.</summary>
/// <param name="values">[rows, columns].</param>
/// <param name="columns">Values of a row, at least 1.</param>
internal sealed class ArrayRows<T>(T[] values, int columns) : IRows<T>
    where T : unmanaged
{
    public int Count => values.Length / columns;

    public T[] Array => values;

    public void Read(int start, Span<T> values) => Array.AsSpan(start * columns, values.Length).CopyTo(values);

    public void Gather(ReadOnlySpan<int> rows, Span<T> values)
    {
        for (int i = 0; i < rows.Length; i++)
            Array.AsSpan(rows[i] * columns, columns).CopyTo(values[(i * columns)..]);
    }

    public IRows<T> Select(int[] rows)
    {
        var chosen = new T[BufferSize.Elements("a selection of rows", Unsafe.SizeOf<T>(), rows.Length, columns)];
        Gather(rows, chosen);
        return new ArrayRows<T>(chosen, columns);
    }
}
