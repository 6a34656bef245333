using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Copies rows of the right operand of a sparse product into strips of whole vectors, which so begin at cache lines.</summary>
internal static unsafe class StripPacking<L, V>
    where L : struct, ILanes<V>
    where V : unmanaged
{
    private const int RowsAhead = 8;

    /// <summary>Packs some rows of one strip.</summary>
    /// <param name="source">[rows, columns], rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance from one row to the next, at least <paramref name="columns"/>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="strip">Columns of a packed row: as many, rounded up to whole vectors; what then stands behind the others is without meaning.</param>
    /// <param name="packed">[rows, strip].</param>
    /// <returns>Whether all values are finite; where strip and columns differ, it may be no because of a value between them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Pack(float* source, nint stride, int rows, int columns, int strip, float* packed)
    {
        // Of these rows, whole vectors can be read without leaving the operand.
        nint whole = Math.Max(0, Math.Min(rows, ((rows - 1) * stride + columns - strip + stride) / stride));
        // 0 times what is not finite is NaN, and a NaN stays: one look at the end is enough.
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
