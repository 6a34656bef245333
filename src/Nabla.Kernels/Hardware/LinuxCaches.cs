using System.Globalization;

namespace Nabla.Kernels;

/// <summary>The caches that Linux reports in sysfs.</summary>
internal static class LinuxCaches
{
    /// <summary>Reads the caches of all processors.</summary>
    /// <param name="folder">The folder of processors: <c>/sys/devices/system/cpu</c>.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IEnumerable<CacheLevel> Read(string folder)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (string processor in Directory.GetDirectories(folder, "cpu*"))
        {
            string caches = Path.Combine(processor, "cache");
            if (!Directory.Exists(caches))
                continue;
            foreach (string cache in Directory.GetDirectories(caches, "index*"))
            {
                if (Text(cache, "type") is "Data" or "Unified" && int.TryParse(Text(cache, "level"), out int level))
                    yield return new CacheLevel(level, SizeOf(Text(cache, "size")), CountOf(Text(cache, "shared_cpu_list")));
            }
        }
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
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
    }
}
