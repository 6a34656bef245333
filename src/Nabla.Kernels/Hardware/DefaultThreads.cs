using System.Globalization;

namespace Nabla.Kernels;

/// <summary>How many threads to use unless told otherwise: a job has parts of equal size, so the slowest core decides.</summary>
internal static class DefaultThreads
{
    // Machines with more processors than this have cores of one kind.
    private const int MostProcessors = 64;

    /// <summary>One for each processor that the process may use; fewer if the others are too slow.</summary>
    public static int OfThisMachine { get; } = Math.Min(Environment.ProcessorCount, Detect());

    /// <summary>The number n of the fastest cores for which n times the speed of the slowest of them is largest.</summary>
    /// <param name="speeds">The speed of each core, in any unit; it is sorted. Empty if they are not known.</param>
    public static int From(List<long> speeds)
    {
        speeds.Sort();
        int best = 0;
        for (int n = 1; n <= speeds.Count; n++)
        {
            if (best == 0 || n * speeds[^n] >= best * speeds[^best])
                best = n;
        }
        return best == 0 ? int.MaxValue : best;
    }

    /// <summary>The capacities of processors that Linux reports where they differ: 1024 is the fastest.</summary>
    /// <param name="folder">The folder of processors: <c>/sys/devices/system/cpu</c>.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static List<long> Capacities(string folder)
    {
        var capacities = new List<long>();
        for (int processor = 0; processor < MostProcessors; processor++)
        {
            string path = $"{folder}/cpu{processor}/cpu_capacity";
            if (File.Exists(path) && long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out long capacity) && capacity > 0)
                capacities.Add(capacity);
        }
        return capacities;
    }

    private static int Detect()
    {
        try
        {
            return OperatingSystem.IsMacOS() && MacCaches.Value("hw.perflevel0.logicalcpu") is > 0 and <= MostProcessors and var fast
                ? (int)fast
                : OperatingSystem.IsLinux() ? From(Capacities("/sys/devices/system/cpu")) : int.MaxValue;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return int.MaxValue;
        }
    }
}
