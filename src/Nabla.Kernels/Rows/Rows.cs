namespace Nabla.Kernels;

/// <summary>Sums over the rows of a matrix: the gradient of the biases is the sum of a batch's errors.</summary>
internal static class Rows
{
#if DEBUG
    // Small, so that tests split small matrices, too.
    private const int ElementsWorthAThread = 32;
#else
    private const int ElementsWorthAThread = 1 << 13;
#endif

    /// <summary>Sums each column, from the first row to the last, starting with zero.</summary>
    /// <param name="team">The threads that share the columns.</param>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="sums">[columns].</param>
    /// <exception cref="ArgumentException">The matrix does not consist of whole rows, or the sums overlap it.</exception>
    public static void Sum(ThreadTeam team, ReadOnlySpan<float> matrix, Span<float> sums) => Sum(team, matrix, KernelChoice.Width, sums);

    internal static unsafe void Sum(ThreadTeam team, ReadOnlySpan<float> matrix, KernelWidth width, Span<float> sums)
    {
        CheckWhole(matrix.Length, sums.Length);
        Overlap.RequireApart(matrix, sums);
        if (sums.IsEmpty)
            return;
        fixed (float* values = matrix, results = sums)
        {
            var job = new SumJob
            {
                Matrix = values, Rows = matrix.Length / sums.Length, Columns = sums.Length, Width = width, Sums = results,
            };
            team.Run(ref job, Partition.WorthwhileParts(matrix.Length, ElementsWorthAThread, team.Threads));
        }
    }

    // Loads are not bounds-checked.
    private static void CheckWhole(int length, int columns)
    {
        if (columns == 0 ? length != 0 : length % columns != 0)
            throw new ArgumentException($"{length} elements cannot be divided into rows of {columns}.");
    }

    private unsafe struct SumJob : IParallelJob
    {
        public float* Matrix, Sums;
        public int Rows, Columns;
        public KernelWidth Width;

        public readonly void Execute(int part, int parts)
        {
            var (start, end) = Partition.Range(Columns, Cache.LineLength, part, parts);
            var columns = new ColumnSums { Matrix = Matrix, Sums = Sums, Rows = Rows, Columns = Columns, Start = start, End = end };
            WidthDispatch.Run(Width, ref columns);
        }
    }

    /// <summary>Sums a range of columns.</summary>
    private unsafe struct ColumnSums : IVectorized
    {
        public float* Matrix, Sums;
        public int Rows, Columns, Start, End;

        public readonly void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            // Fewer columns than a vector holds are summed one by one.
            if (End - Start < L.Count)
                RunWhole<ScalarLanes, float>();
            else
                RunWhole<L, V>();
        }

        /// <summary>Sums whole vectors of columns; the last vector may overlap the one before.</summary>
        private readonly void RunWhole<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            int rows = Rows, columns = Columns, end = End;
            float* matrix = Matrix, sums = Sums;
            for (int next = Start; next < end; next += L.Count)
            {
                int column = Math.Min(next, end - L.Count);
                V sum = L.Broadcast(0f);
                float* value = matrix + column;
                for (int row = 0; row < rows; row++, value += columns)
                    sum = L.Add(sum, L.Load(ref *value, 0));
                L.Store(sum, ref sums[column], 0);
            }
        }
    }
}
