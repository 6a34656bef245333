namespace Nabla.Kernels;

/// <summary>The strided matrix product. Forward pass, weight gradient and input gradient use it with different strides.</summary>
/// <remarks>
/// Each element of the result is one chain of fused multiply-adds with k ascending, at every vector width and number of threads:
/// the same bits as <see cref="GemmDefinition"/>.
/// </remarks>
internal static class Gemm
{
    /// <summary>result = a * b.</summary>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="result">[m, n]; must not overlap the operands; its previous content is ignored.</param>
    /// <exception cref="ArgumentException">The sizes do not match, or the result overlaps an operand.</exception>
    public static void Multiply(ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, Matrix result) =>
        Run(team, a, b, [], KernelChoice.Width, result, default(Nothing));

    /// <summary>result = row + a * b: each chain starts from the element of <paramref name="row"/> in the same column (a bias).</summary>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="row">[n].</param>
    /// <param name="result">[m, n]; must not overlap the operands; its previous content is ignored.</param>
    /// <exception cref="ArgumentException">The sizes do not match, or the result overlaps an operand.</exception>
    public static void MultiplyAddRow(ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, ReadOnlySpan<float> row, Matrix result) =>
        MultiplyAddRow(team, a, b, row, result, default(Nothing));

    /// <summary>result = then(row + a * b): a function is applied to each element, on the thread that has computed it.</summary>
    internal static void MultiplyAddRow<TThen>(
        ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, ReadOnlySpan<float> row, Matrix result, TThen then)
        where TThen : struct, IProductThen =>
        Run(team, a, b, row.Length == b.Columns ? row : throw Misfit(row, b), KernelChoice.Width, result, then);

    /// <summary>result = then(a * b): a function is applied to each element, on the thread that has computed it.</summary>
    internal static void Multiply<TThen>(ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, Matrix result, TThen then)
        where TThen : struct, IProductThen =>
        Run(team, a, b, [], KernelChoice.Width, result, then);

    /// <summary>The product at an explicit width; with an empty row the chains start from zero.</summary>
    internal static void Run(
        ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, ReadOnlySpan<float> row, KernelWidth width, Matrix result) =>
        Run(team, a, b, row, width, result, default(Nothing));

    private static unsafe void Run<TThen>(
        ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, ReadOnlySpan<float> row, KernelWidth width, Matrix result, TThen then)
        where TThen : struct, IProductThen
    {
        Check(a, b, row, result);
        if (result.Rows == 0 || result.Columns == 0)
            return;
        if (a.Columns == 0)
        {
            WithoutTerms(row, result);
            fixed (float* start = result.Values)
                then.Apply(start, 0, result.Rows, result.Columns, result.RowStride);
            return;
        }
        fixed (float* aStart = a.Values, bStart = b.Values, rowStart = row, cStart = result.Values)
        {
            var job = new GemmJob<TThen>
            {
                Width = width,
                Then = then,
                Whole = new GemmBlock
                {
                    A = aStart, ARowStride = a.RowStride, AColumnStride = a.ColumnStride,
                    B = bStart, BRowStride = b.RowStride, BColumnStride = b.ColumnStride,
                    C = cStart, CRowStride = result.RowStride,
                    Rows = a.Rows, Columns = b.Columns, Depth = a.Columns,
                    Start = rowStart,
                },
            };
            team.Run(ref job, Partition.WorthwhileParts((long)a.Rows * b.Columns * a.Columns, Blocking.WorthAThread, team.Threads));
        }
    }

    private static void Check(ReadOnlyMatrix a, ReadOnlyMatrix b, ReadOnlySpan<float> row, Matrix result)
    {
        if (a.Columns != b.Rows || a.Rows != result.Rows || b.Columns != result.Columns)
        {
            throw new ArgumentException(
                $"[{a.Rows}, {a.Columns}] x [{b.Rows}, {b.Columns}] does not give [{result.Rows}, {result.Columns}].");
        }
        Overlap.RequireApart(a.Values, result.Values);
        Overlap.RequireApart(b.Values, result.Values);
        Overlap.RequireApart(row, result.Values);
    }

    /// <summary>Chains without terms keep their start values.</summary>
    private static void WithoutTerms(ReadOnlySpan<float> row, Matrix result)
    {
        for (int i = 0; i < result.Rows; i++)
        {
            var line = result.Values.Slice(i * result.RowStride, result.Columns);
            line.Clear();
            row.CopyTo(line);
        }
    }

    private static ArgumentException Misfit(ReadOnlySpan<float> row, ReadOnlyMatrix b) =>
        new($"A row of {row.Length} elements cannot be added to a result of {b.Columns} columns.", nameof(row));

    /// <summary>Splits the result along its longer side, in whole tiles.</summary>
    private struct GemmJob<TThen> : IParallelJob
        where TThen : struct, IProductThen
    {
        public GemmBlock Whole;
        public TThen Then;
        public KernelWidth Width;

        public readonly unsafe void Execute(int part, int parts)
        {
            var share = Whole;
            if (Whole.Rows >= Whole.Columns)
            {
                var (start, end) = Partition.Range(Whole.Rows, Blocking.TallestTile, part, parts);
                share.Rows = end - start;
                share.A += start * share.ARowStride;
                share.C += start * share.CRowStride;
            }
            else
            {
                var (start, end) = Partition.Range(Whole.Columns, 2 * (int)Width, part, parts);
                share.Columns = end - start;
                share.B += start * share.BColumnStride;
                share.C += start;
                share.Start = share.Start == null ? null : share.Start + start;
            }
            if (share.Rows == 0 || share.Columns == 0)
                return;
            var work = new GemmWork { Block = share };
            WidthDispatch.Run(Width, ref work);
            Then.Apply(share.C, (nint)(share.C - Whole.C), share.Rows, share.Columns, share.CRowStride);
        }
    }

    /// <summary>One thread's share, with the tile that fits the registers of a width.</summary>
    private struct GemmWork : IVectorized
    {
        public GemmBlock Block;

        public readonly void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            if (L.Registers >= 32)
                GemmLoops<Tile12<L, V>, Tile6<L, V>>.Run(Block);
            else
                GemmLoops<Tile6<L, V>, Tile6<L, V>>.Run(Block);
        }
    }

    private readonly unsafe struct Nothing : IProductThen
    {
        public void Apply(float* block, nint offset, int rows, int columns, nint rowStride)
        {
        }
    }
}
