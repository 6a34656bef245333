namespace Nabla.Kernels;

/// <summary>Static partition of outputs: which part of a range belongs to which thread follows from the numbers alone.</summary>
internal static class Partition
{
    /// <summary>Floats in a cache line: parts that begin at multiples of it share none.</summary>
    public const int CacheLine = 16;

    /// <summary>The stretch of 0..length that belongs to one part; stretches begin at multiples of <paramref name="grain"/>.</summary>
    public static (int Start, int End) Range(int length, int grain, int part, int parts)
    {
        long grains = (length + (long)grain - 1) / grain;
        return ((int)Math.Min(length, grains * part / parts * grain), (int)Math.Min(length, grains * (part + 1) / parts * grain));
    }

    /// <summary>Into how many parts to cut a piece of work, so that each has at least <paramref name="worthAThread"/> of it.</summary>
    public static int WorthwhileParts(long work, long worthAThread, int threads) => (int)Math.Clamp(work / worthAThread, 1, threads);
}
