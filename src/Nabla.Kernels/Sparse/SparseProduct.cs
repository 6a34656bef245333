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

    /// <summary>Floats of a packed right operand: its columns are rounded up to whole vectors of the width in use.</summary>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static long PackedLength(int depth, int columns) => PackedLength(KernelChoice.Width, depth, columns);

    /// <summary>Floats of a right operand packed at an explicit width: tests compare the widths with each other.</summary>
    internal static long PackedLength(KernelWidth width, int depth, int columns) =>
        depth * ((columns + (long)width - 1) / (long)width * (long)width);

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

    /// <summary>Columns of the strip that begins where so many are left: up to four vectors where there are 32 registers, else up to two.</summary>
    internal static int StripColumns<L, V>(int left)
        where L : struct, ILanes<V>
        where V : unmanaged => Math.Min(L.Registers / 8, (left + L.Count - 1) / L.Count) * L.Count;

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
