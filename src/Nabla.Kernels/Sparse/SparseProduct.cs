using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>A share of a product by pointer and stride: c(line, column) = start(line, column) + the chain over k of x(line, k) b(k, column), where x is mostly zeros.</summary>
internal unsafe struct SparseBlock
{
    /// <summary>Element (line, k) is number <c>line * LineStride + k * DepthStride</c>; floats, or bytes if there is a table.</summary>
    public void* X;
    public nint LineStride, DepthStride;

    /// <summary>What each of the 256 bytes stands for; null for floats.</summary>
    public float* Table;

    /// <summary>[groups of four lines, words]: where one of the four is not zero.</summary>
    public ulong* Groups;

    /// <summary>[depth, columns], packed by <c>SparseProduct.Pack</c>.</summary>
    public float* B;

    /// <summary>What the lines begin with: [columns], the same for all, or zeros if null; or [lines, columns], rows StartStride apart, with room behind for whole vectors.</summary>
    public float* Start;
    public nint StartStride;

    /// <summary>[lines, columns], rows CStride apart.</summary>
    public float* C;
    public nint CStride;

    public int Lines, Columns, Depth;
}

/// <summary>Products whose left operand is mostly zeros: the terms of zeros are skipped.</summary>
/// <remarks>
/// A term 0 * b adds nothing to a chain, so the bits are those of the dense product, with two exceptions that are seen to. Where b is not finite, 0 * b is NaN:
/// the caller sees to it that b is finite, or takes the dense product. And 0 + -0 is 0: a chain that stands at -0 (its terms so far were too small for a float) may be
/// lifted to 0 by a term of zeros. Skipping can therefore leave -0 where the dense product has 0, never the reverse; such elements are computed again, with all terms.
/// </remarks>
internal static unsafe class SparseProduct
{
    /// <summary>Columns of the widest strip.</summary>
    public const int WidestStrip = 4 * 16;

    /// <summary>Lines that are worked on together.</summary>
    public const int GroupLines = 4;

    /// <summary>
    /// Above this share of elements that are not zero, the dense product is used. Four lines share their marks, so at this share about three quarters of
    /// all k are visited; each visit costs a little more than a step of the dense kernel.
    /// </summary>
    public const double HighestDensity = 0.3;

    /// <summary>Floats of room that a packed right operand needs.</summary>
    public static long PackedLength(int depth, int columns) => (long)depth * (columns + (long)WidestStrip);

    /// <summary>
    /// Packs rows of the right operand into strips of whole vectors, which so begin at cache lines. What stands in the room of columns that a strip lacks is read, and
    /// changes nothing.
    /// </summary>
    /// <param name="source">[depth, columns], rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance from one row to the next.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="depth">Rows in all.</param>
    /// <param name="first">The rows to pack begin here.</param>
    /// <param name="end">And end before this.</param>
    /// <param name="packed">[strips][depth, columns of the strip].</param>
    /// <returns>Whether all that was packed is finite.</returns>
    public static bool Pack(float* source, nint stride, int columns, int depth, int first, int end, float* packed) =>
        Pack(KernelChoice.Width, source, stride, columns, depth, first, end, packed);

    /// <summary>Computes a share of a product.</summary>
    public static void Run(in SparseBlock block) => Run(KernelChoice.Width, block);

    /// <summary>As above, at a width of the caller's choice.</summary>
    internal static bool Pack(KernelWidth width, float* source, nint stride, int columns, int depth, int first, int end, float* packed) => width switch
    {
        KernelWidth.Vector512 => Pack<Lanes512, Vector512<float>>(width, source, stride, columns, depth, first, end, packed),
        KernelWidth.Vector256 => Pack<Lanes256, Vector256<float>>(width, source, stride, columns, depth, first, end, packed),
        KernelWidth.Vector128 => Pack<Lanes128, Vector128<float>>(width, source, stride, columns, depth, first, end, packed),
        _ => Pack<ScalarLanes, float>(width, source, stride, columns, depth, first, end, packed),
    };

    /// <summary>As above, at a width of the caller's choice.</summary>
    internal static void Run(KernelWidth width, in SparseBlock block)
    {
        if (block.Table == null)
            Run<FloatCell>(width, block);
        else
            Run<ByteCell>(width, block);
    }

    private static bool Pack<L, V>(KernelWidth width, float* source, nint stride, int columns, int depth, int first, int end, float* packed)
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        bool finite = true;
        for (int column = 0; column < columns;)
        {
            int strip = StripColumns(columns - column, width);
            finite &= StripPacking<L, V>.Pack(
                source + first * stride + column, stride, end - first, Math.Min(strip, columns - column), strip, packed + column * (nint)depth + first * (nint)strip);
            column += strip;
        }
        return finite;
    }

    private static void Run<TCell>(KernelWidth width, in SparseBlock block)
        where TCell : struct, ICell
    {
        switch (width)
        {
            case KernelWidth.Vector512: SparseLoops<SparseTile<Lanes512, Vector512<float>, TCell>, TCell>.Run(block, width); break;
            case KernelWidth.Vector256: SparseLoops<SparseTile<Lanes256, Vector256<float>, TCell>, TCell>.Run(block, width); break;
            case KernelWidth.Vector128: SparseLoops<SparseTile<Lanes128, Vector128<float>, TCell>, TCell>.Run(block, width); break;
            default: SparseLoops<SparseTile<ScalarLanes, float, TCell>, TCell>.Run(block, width); break;
        }
    }

    /// <summary>Columns of the strip that begins where so many are left: up to four vectors, or two.</summary>
    internal static int StripColumns(int left, KernelWidth width)
    {
        int vector = (int)width;
        // AVX2 and plain floats have 16 registers, too few for four lines by four vectors.
        int most = width is KernelWidth.Vector512 or KernelWidth.Vector128 ? 4 : 2;
        return Math.Min(most, (left + vector - 1) / vector) * vector;
    }
}
