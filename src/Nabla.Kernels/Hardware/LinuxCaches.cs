using System.Globalization;

namespace Nabla.Kernels;

/// <summary>The caches that Linux reports in sysfs.</summary>
internal static class LinuxCaches
{
    // Machines with more processors than this have cores of one kind: reading all their files would take longer than it can save.
    private const int MostProcessors = 32;

    /// <summary>Reads the caches of the first processors.</summary>
    /// <param name="folder">The folder of processors: <c>/sys/devices/system/cpu</c>.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<CacheLevel> Read(string folder)
    {
        var caches = new List<CacheLevel>();
        for (int processor = 0; processor < MostProcessors; processor++)
        {
            for (int index = 0; Text($"{folder}/cpu{processor}/cache/index{index}", "type") is { Length: > 0 } type; index++)
            {
                string cache = $"{folder}/cpu{processor}/cache/index{index}";
                if (type is "Data" or "Unified" && int.TryParse(Text(cache, "level"), out int level))
                    caches.Add(new CacheLevel(level, SizeOf(Text(cache, "size")), CountOf(Text(cache, "shared_cpu_list"))));
            }
        }
        return caches;
    }

    /// <summary>A size such as 512K.</summary>
    private static long SizeOf(string text)
    {
        long unit = text.Length == 0 ? 0 : text[^1] switch { 'K' => 1 << 10, 'M' => 1 << 20, 'G' => 1 << 30, _ => 1 };
        _ = long.TryParse(text.TrimEnd('K', 'M', 'G'), NumberStyles.None, CultureInfo.InvariantCulture, out long count);
        return count * unit;
    }

    /// <summary>The number of processors in a list such as 0-3,8.</summary>
    private static int CountOf(string list)
    {
        int count = 0;
        foreach (string part in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            if (!int.TryParse(ends[0], out int first) || !int.TryParse(ends[^1], out int last) || last < first)
                return 0;
            count += last - first + 1;
        }
        return count;
    }

    private static string Text(string folder, string file)
    {
        string path = $"{folder}/{file}";
        return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
    }
}
