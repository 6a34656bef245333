using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Sums over the rows of a matrix: a batch's errors become the gradient of the biases.</summary>
public static class Rows
{
    /// <summary>Sums each column, from the first row to the last, beginning with zero.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="sums">[columns].</param>
    /// <exception cref="ArgumentException">The matrix does not consist of whole rows.</exception>
    public static void Sum(ReadOnlySpan<float> matrix, Span<float> sums) => Sum(matrix, KernelChoice.Width, sums);

    internal static void Sum(ReadOnlySpan<float> matrix, KernelWidth width, Span<float> sums)
    {
        CheckWhole(matrix.Length, sums.Length);
        int done = width switch
        {
            KernelWidth.Vector512 => Columns<Lanes512, Vector512<float>>(matrix, 0, sums),
            KernelWidth.Vector256 => Columns<Lanes256, Vector256<float>>(matrix, 0, sums),
            KernelWidth.Vector128 => Columns<Lanes128, Vector128<float>>(matrix, 0, sums),
            _ => 0,
        };
        Columns<ScalarLanes, float>(matrix, done, sums);
    }

    // Loads are not checked one by one, and an empty row would never fill a matrix.
    private static void CheckWhole(int length, int columns)
    {
        if (columns == 0 ? length != 0 : length % columns != 0)
            throw new ArgumentException($"{length} elements are not rows of {columns}.");
    }

    private static int Columns<L, V>(ReadOnlySpan<float> matrix, int start, Span<float> sums)
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        ref float values = ref MemoryMarshal.GetReference(matrix);
        ref float destination = ref MemoryMarshal.GetReference(sums);
        int column = start;
        for (; column <= sums.Length - L.Count; column += L.Count)
        {
            V sum = L.Broadcast(0f);
            for (int row = 0; row < matrix.Length; row += sums.Length)
                sum = L.Add(sum, L.Load(ref values, (nuint)(row + column)));
            L.Store(sum, ref destination, (nuint)column);
        }
        return column;
    }
}
