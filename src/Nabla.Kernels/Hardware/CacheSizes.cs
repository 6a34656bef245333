using System.Globalization;

namespace Nabla.Kernels;

/// <summary>The share of each level of cache that one thread has if all processors are busy, in bytes.</summary>
/// <param name="Level1">The data cache of level 1.</param>
/// <param name="Level2">The cache of level 2; that of level 1 if there is none.</param>
/// <param name="Level3">The cache of level 3; that of level 2 if there is none.</param>
/// <param name="Source">Where the sizes come from, for people.</param>
internal readonly record struct CacheSizes(int Level1, int Level2, int Level3, string Source)
{
    /// <summary>What nearly all processors of the last ten years have at least.</summary>
    public static CacheSizes Default { get; } = new(32 << 10, 256 << 10, 1 << 20, "assumed");

    /// <summary>Those of this machine.</summary>
    public static CacheSizes OfThisMachine { get; } = Detect();

    /// <summary>The sizes that fit every processor that a thread may run on: of cores of different kinds, the smallest.</summary>
    /// <param name="caches">The caches of all processors: data caches and unified ones.</param>
    /// <param name="source">Where they come from.</param>
    /// <returns>Null if there is no plausible cache of level 1.</returns>
    public static CacheSizes? From(IEnumerable<CacheLevel> caches, string source)
    {
        // Plain loops here and in the readers: this runs before the first product, and compiling queries would take longer than reading.
        int level1 = int.MaxValue, level2 = int.MaxValue, level3 = int.MaxValue;
        foreach (var cache in caches)
        {
            if (!cache.IsPlausible)
                continue;
            if (cache.Level == 1)
                level1 = Math.Min(level1, cache.Share);
            else if (cache.Level == 2)
                level2 = Math.Min(level2, cache.Share);
            else if (cache.Level == 3)
                level3 = Math.Min(level3, cache.Share);
        }
        if (level1 == int.MaxValue)
            return null;
        level2 = level2 == int.MaxValue ? level1 : Math.Max(level1, level2);
        return new(level1, level2, level3 == int.MaxValue ? level2 : Math.Max(level2, level3), source);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Text(Level1)}, {Text(Level2)}, {Text(Level3)} a thread ({Source})";

    private static CacheSizes Detect()
    {
        try
        {
            var found = OperatingSystem.IsWindows() ? From(WindowsCaches.Read(), "Windows")
                : OperatingSystem.IsMacOS() ? From(MacCaches.Read(), "sysctl")
                : From(LinuxCaches.Read("/sys/devices/system/cpu"), "sysfs");
            return found ?? From(ProcessorCaches.Read(), "CPUID") ?? Default;
        }
        // A system that hides its caches, as some containers do.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return From(ProcessorCaches.Read(), "CPUID") ?? Default;
        }
    }

    private static string Text(int bytes) => bytes < 1 << 20
        ? $"{bytes >> 10} KiB"
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.#} MiB");
}

/// <summary>One cache of one processor.</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Processors">How many hardware threads share it, at least 1.</param>
internal readonly record struct CacheLevel(int Level, long Bytes, int Processors)
{
    private const long LeastBytes = 4 << 10, MostBytes = 4L << 30;

    /// <summary>Whether the size can be true: virtual machines report all kinds of numbers.</summary>
    public bool IsPlausible => Bytes is >= LeastBytes and <= MostBytes && Processors is >= 1 and <= 4096 && Share >= LeastBytes / 2;

    /// <summary>The part that each hardware thread has.</summary>
    public int Share => (int)Math.Min(int.MaxValue, Bytes / Math.Max(1, Processors));
}
