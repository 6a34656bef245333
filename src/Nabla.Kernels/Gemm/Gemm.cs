using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>The strided matrix product, the only one there is: forward pass, weight gradient and input gradient differ in strides alone.</summary>
/// <remarks>
/// Each element of the result is one chain of fused multiply-adds with k ascending, at every vector width and number of threads:
/// the same bits as <see cref="GemmDefinition"/>.
/// </remarks>
public static class Gemm
{
    /// <summary>result = a * b.</summary>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="result">[m, n]; must not overlap the operands. What it held does not matter.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void Multiply(ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, Matrix result) =>
        Run(team, a, b, accumulate: false, KernelChoice.Width, result);

    /// <summary>result += a * b, each element continuing the chain from the value that it holds (a bias, say).</summary>
    /// <param name="team">The threads that share the work.</param>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="result">[m, n]; must not overlap the operands.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void MultiplyAdd(ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, Matrix result) =>
        Run(team, a, b, accumulate: true, KernelChoice.Width, result);

    internal static unsafe void Run(ThreadTeam team, ReadOnlyMatrix a, ReadOnlyMatrix b, bool accumulate, KernelWidth width, Matrix result)
    {
        if (a.Columns != b.Rows || a.Rows != result.Rows || b.Columns != result.Columns)
            throw new ArgumentException($"[{a.Rows}, {a.Columns}] x [{b.Rows}, {b.Columns}] does not give [{result.Rows}, {result.Columns}].");
        if (result.Rows == 0 || result.Columns == 0)
            return;
        if (a.Columns == 0)
        {
            for (int row = 0; row < result.Rows && !accumulate; row++)
                result.Values.Slice(row * result.RowStride, result.Columns).Clear();
            return;
        }
        fixed (float* aStart = a.Values, bStart = b.Values, cStart = result.Values)
        {
            var job = new GemmJob
            {
                Width = width,
                Whole = new GemmBlock
                {
                    A = aStart, ARowStride = a.RowStride, AColumnStride = a.ColumnStride,
                    B = bStart, BRowStride = b.RowStride, BColumnStride = b.ColumnStride,
                    C = cStart, CRowStride = result.RowStride,
                    Rows = a.Rows, Columns = b.Columns, Depth = a.Columns,
                    Accumulate = accumulate,
                },
            };
            team.Run(ref job, Partition.WorthwhileParts((long)a.Rows * b.Columns * a.Columns, Blocking.WorthAThread, team.Threads));
        }
    }

    /// <summary>Cuts the result along its longer side, in whole tiles.</summary>
    private struct GemmJob : IParallelJob
    {
        public GemmBlock Whole;
        public KernelWidth Width;

        public readonly unsafe void Execute(int part, int parts)
        {
            var share = Whole;
            if (Whole.Rows >= Whole.Columns)
            {
                var (start, end) = Partition.Range(Whole.Rows, Blocking.TileRows, part, parts);
                share.Rows = end - start;
                share.A += (long)start * share.ARowStride;
                share.C += (long)start * share.CRowStride;
            }
            else
            {
                var (start, end) = Partition.Range(Whole.Columns, Blocking.TileVectors * (int)Width, part, parts);
                share.Columns = end - start;
                share.B += (long)start * share.BColumnStride;
                share.C += start;
            }
            if (share.Rows == 0 || share.Columns == 0)
                return;
            switch (Width)
            {
                case KernelWidth.Vector512: GemmLoops<Lanes512, Vector512<float>>.Run(share); break;
                case KernelWidth.Vector256: GemmLoops<Lanes256, Vector256<float>>.Run(share); break;
                case KernelWidth.Vector128: GemmLoops<Lanes128, Vector128<float>>.Run(share); break;
                default: GemmLoops<ScalarLanes, float>.Run(share); break;
            }
        }
    }
}
