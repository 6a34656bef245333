using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Copies rows of the right operand of a sparse product into strips of whole vectors, so that each vector is aligned.</summary>
internal static unsafe class StripPacking<L, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    private const int RowsAhead = 8;

    /// <summary>Packs rows of one strip.</summary>
    /// <param name="source">[rows, columns], rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance from one row to the next, at least <paramref name="columns"/>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="strip">
    /// Columns of a packed row: <paramref name="columns"/> rounded up to whole vectors. The values of the added columns are undefined.
    /// </param>
    /// <param name="packed">[rows, strip].</param>
    /// <returns>Whether all values are finite; if strip and columns differ, false also if a value in the added columns is not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Pack(float* source, nint stride, int rows, int columns, int strip, float* packed)
    {
        // Rows from which whole vectors can be read without leaving the operand.
        nint whole = Math.Max(0, Math.Min(rows, ((rows - 1) * stride + columns - strip + stride) / stride));
        // 0 times a value that is not finite is NaN, and a sum that is NaN stays NaN: one comparison at the end is enough.
        V zero = L.Broadcast(0f), sum = zero;
        for (nint row = 0; row < whole; row++, source += stride)
        {
            for (int column = 0; column < strip; column += L.Count, packed += L.Count)
            {
                Cache.Prefetch(source + RowsAhead * stride + column);
                V values = L.Load(ref source[column], 0);
                L.Store(values, ref *packed, 0);
                sum = L.FusedMultiplyAdd(zero, values, sum);
            }
        }
        bool finite = Finite.IsZero(sum);
        for (nint row = whole; row < rows; row++, source += stride, packed += strip)
        {
            for (int column = 0; column < columns; column++)
            {
                packed[column] = source[column];
                finite &= float.IsFinite(source[column]);
            }
        }
        return finite;
    }
}
