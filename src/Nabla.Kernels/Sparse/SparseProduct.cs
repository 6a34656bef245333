namespace Nabla.Kernels;

/// <summary>
/// One thread's share of a sparse product, by pointer and stride: c(line, column) = start(column) + the chain over k of
/// x(line, k) b(k, column), where x is mostly zeros.
/// </summary>
internal unsafe struct SparseBlock
{
    /// <summary>Element (line, k) is number <c>line * LineStride + k * DepthStride</c>; floats, or bytes if there is a table.</summary>
    public void* X;
    public nint LineStride, DepthStride;

    /// <summary>[256] the value of each byte; null for floats.</summary>
    public float* Table;

    /// <summary>[pairs of lines, words]: bit k is set if one of the two lines is not zero at k.</summary>
    public ulong* Pairs;

    /// <summary>[depth, columns], packed by <c>SparseProduct.Pack</c>.</summary>
    public float* B;

    /// <summary>[columns]: the start of each line's chains; zeros if null.</summary>
    public float* Start;

    /// <summary>[lines, columns], rows CStride apart.</summary>
    public float* C;
    public nint CStride;

    public int Lines, Columns, Depth;
}

/// <summary>Products with a mostly-zero left operand: the terms of zeros are skipped.</summary>
/// <remarks>
/// A term 0 * b adds nothing to a chain, so the bits are those of the dense product, with two exceptions. First, where b is not finite,
/// 0 * b is NaN: the caller checks that b is finite, and uses the dense product if not. Second, 0 + -0 is 0: the dense product's terms of
/// zeros can turn a chain that is -0 (because its terms so far underflowed) into 0. Skipping can therefore leave -0 where the dense product
/// has 0, never the reverse; elements that are -0 are computed again, with all terms.
/// </remarks>
internal static unsafe class SparseProduct
{
    /// <summary>Columns of the widest strip.</summary>
    public const int WidestStrip = 4 * 16;

    /// <summary>Where several threads share the lines, each has a multiple of this.</summary>
    public const int Grain = 4;

    /// <summary>
    /// With a larger share of nonzero elements, the dense product is used. Up to four lines share their marks, so at this share up to three
    /// quarters of all k are visited, and each visit costs a little more than an iteration of the dense kernel.
    /// </summary>
    public const double HighestDensity = 0.3;

    /// <summary>Floats of a packed right operand: its columns are rounded up to whole vectors of the width in use.</summary>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static long PackedLength(int depth, int columns) => PackedLength(KernelChoice.Width, depth, columns);

    /// <summary>Floats of a right operand packed at an explicit width: tests compare the widths with each other.</summary>
    internal static long PackedLength(KernelWidth width, int depth, int columns) =>
        depth * ((columns + (long)width - 1) / (long)width * (long)width);

    /// <summary>
    /// Packs rows of the right operand into strips of whole vectors. The values of columns added to fill the last vector are undefined;
    /// they are read, but do not change the result.
    /// </summary>
    /// <param name="source">[depth, columns], rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">Distance from one row to the next.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="depth">Rows in all.</param>
    /// <param name="first">The first row to pack.</param>
    /// <param name="end">The end of the rows to pack.</param>
    /// <param name="packed">[strips][depth, columns of the strip].</param>
    /// <returns>Whether all packed values are finite.</returns>
    public static bool Pack(float* source, nint stride, int columns, int depth, int first, int end, float* packed) =>
        Pack(KernelChoice.Width, source, stride, columns, depth, first, end, packed);

    /// <summary>Computes a share of a product.</summary>
    public static void Run(in SparseBlock block) => Run(KernelChoice.Width, block);

    /// <summary>Packs at an explicit width: tests compare the widths with each other.</summary>
    internal static bool Pack(KernelWidth width, float* source, nint stride, int columns, int depth, int first, int end, float* packed)
    {
        var work = new PackWork
        {
            Source = source, Stride = stride, Columns = columns, Depth = depth, First = first, End = end, Packed = packed,
        };
        WidthDispatch.Run(width, ref work);
        return work.AllFinite;
    }

    /// <summary>Computes a share of a product at an explicit width: tests compare the widths with each other.</summary>
    internal static void Run(KernelWidth width, in SparseBlock block)
    {
        var work = new ProductWork(in block);
        WidthDispatch.Run(width, ref work);
    }

    /// <summary>Columns of the next strip, given the columns left: up to four vectors.</summary>
    internal static int StripColumns<L, V>(int left)
        where L : struct, ILanes<V>
        where V : unmanaged => Math.Min(4, (left + L.Count - 1) / L.Count) * L.Count;

    private struct PackWork : IVectorized
    {
        public float* Source, Packed;
        public nint Stride;
        public int Columns, Depth, First, End;

        public bool AllFinite { get; private set; }

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            bool finite = true;
            for (int column = 0; column < Columns;)
            {
                int strip = StripColumns<L, V>(Columns - column);
                finite &= StripPacking<L, V>.Pack(
                    Source + First * Stride + column, Stride, End - First, Math.Min(strip, Columns - column), strip,
                    Packed + column * (nint)Depth + First * (nint)strip);
                column += strip;
            }
            AllFinite = finite;
        }
    }

    private readonly ref struct ProductWork(ref readonly SparseBlock block) : IVectorized
    {
        private readonly ref readonly SparseBlock block = ref block;

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            if (block.Table == null)
                SparseLoops<L, V, FloatCell>.Run(in block);
            else
                SparseLoops<L, V, ByteCell>.Run(in block);
        }
    }
}
