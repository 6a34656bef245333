using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Sums over the rows of a matrix: a batch's errors become the gradient of the biases.</summary>
public static class Rows
{
#if DEBUG
    // Small, so that tests cut small matrices too.
    private const int ElementsWorthAThread = 32;
#else
    private const int ElementsWorthAThread = 1 << 13;
#endif

    /// <summary>Sums each column, from the first row to the last, beginning with zero.</summary>
    /// <param name="team">The threads that share the columns.</param>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="sums">[columns].</param>
    /// <exception cref="ArgumentException">The matrix does not consist of whole rows.</exception>
    public static void Sum(ThreadTeam team, ReadOnlySpan<float> matrix, Span<float> sums) => Sum(team, matrix, KernelChoice.Width, sums);

    internal static unsafe void Sum(ThreadTeam team, ReadOnlySpan<float> matrix, KernelWidth width, Span<float> sums)
    {
        CheckWhole(matrix.Length, sums.Length);
        if (sums.IsEmpty)
            return;
        fixed (float* values = matrix, results = sums)
        {
            var job = new SumJob { Matrix = values, Rows = matrix.Length / sums.Length, Columns = sums.Length, Width = width, Sums = results };
            team.Run(ref job, Partition.WorthwhileParts(matrix.Length, ElementsWorthAThread, team.Threads));
        }
    }

    // Loads are not checked one by one, and an empty row would never fill a matrix.
    private static void CheckWhole(int length, int columns)
    {
        if (columns == 0 ? length != 0 : length % columns != 0)
            throw new ArgumentException($"{length} elements are not rows of {columns}.");
    }

    private unsafe struct SumJob : IParallelJob
    {
        public float* Matrix, Sums;
        public int Rows, Columns;
        public KernelWidth Width;

        public readonly void Execute(int part, int parts)
        {
            var (start, end) = Partition.Range(Columns, Partition.CacheLine, part, parts);
            int done = Width switch
            {
                KernelWidth.Vector512 => Run<Lanes512, Vector512<float>>(start, end),
                KernelWidth.Vector256 => Run<Lanes256, Vector256<float>>(start, end),
                KernelWidth.Vector128 => Run<Lanes128, Vector128<float>>(start, end),
                _ => start,
            };
            Run<ScalarLanes, float>(done, end);
        }

        private readonly int Run<L, V>(int start, int end)
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            if (end - start < L.Count)
                return start;
            for (int next = start; next < end; next += L.Count)
            {
                int column = Math.Min(next, end - L.Count); // the last of them, some perhaps for the second time
                V sum = L.Broadcast(0f);
                float* value = Matrix + column;
                for (int row = 0; row < Rows; row++, value += Columns)
                    sum = L.Add(sum, L.Load(ref *value, 0));
                L.Store(sum, ref Sums[column], 0);
            }
            return end;
        }
    }
}
