namespace Nabla.Kernels;

/// <summary>Static partition of outputs: the range of each part depends only on the sizes.</summary>
internal static class Partition
{
    /// <summary>The range of 0..length that belongs to one part.</summary>
    /// <param name="length">Outputs in all.</param>
    /// <param name="grain">Ranges begin at multiples of it; with <see cref="Cache.LineLength"/> parts share no cache line.</param>
    /// <param name="part">0 to <paramref name="parts"/> - 1.</param>
    /// <param name="parts">Number of parts, at least 1.</param>
    public static (int Start, int End) Range(int length, int grain, int part, int parts)
    {
        long grains = (length + (long)grain - 1) / grain;
        return ((int)Math.Min(length, grains * part / parts * grain), (int)Math.Min(length, grains * (part + 1) / parts * grain));
    }

    /// <summary>The number of parts into which to split work, so that each part is at least <paramref name="worthAThread"/>.</summary>
    public static int WorthwhileParts(long work, long worthAThread, int threads) => (int)Math.Clamp(work / worthAThread, 1, threads);
}
