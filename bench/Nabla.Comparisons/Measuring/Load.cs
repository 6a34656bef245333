using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>What ran on the machine while figures were taken. Available only on Linux.</summary>
/// <param name="Total">Processor time since the machine started, in seconds, summed over all processors.</param>
/// <param name="Idle">Of that, idle.</param>
/// <param name="Stolen">Of that, given to other virtual machines.</param>
/// <param name="Own">Of that, in this program and its ended children.</param>
/// <param name="Average">Mean number of runnable threads over the last minute.</param>
internal sealed record Load(double Total, double Idle, double Stolen, double Own, double Average)
{
    /// <summary>If others use more than this share of the processors, figures of several threads are meaningless.</summary>
    private const double Busy = 0.05;

    /// <summary>Processor time used so far; null if the system does not tell.</summary>
    public static Load? Now()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        // cpu user nice system idle iowait irq softirq steal, in hundredths of a second, over all processors
        double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new Load(ticks.Sum() / 100, (ticks[3] + ticks[4]) / 100, ticks[7] / 100, OwnTime(), AverageLoad());
    }

    /// <summary>What has run since an earlier moment.</summary>
    public static string Describe(Load? before)
    {
        if (before is null || Now() is not { } now)
            return "what else ran is known only on Linux";
        double total = now.Total - before.Total, stolen = (now.Stolen - before.Stolen) / total;
        double others = (total - (now.Idle - before.Idle) - (now.Own - before.Own)) / total;
        string text = string.Create(CultureInfo.InvariantCulture,
            $"load average {before.Average:0.0} before, {now.Average:0.0} after; others used {others:0%} of the processor time, "
            + $"of which other virtual machines {stolen:0%}");
        return others > Busy
            ? text + ". **The machine was busy: figures of 2 threads are not usable** (spinning threads suffer most), those of 1 are rough"
            : text;
    }

    // utime, stime, cutime and cstime, fields 14 to 17: this program and those of its children that have ended.
    private static double OwnTime() => File.ReadAllText("/proc/self/stat").Split(')')[^1]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(11).Take(4)
        .Sum(number => double.Parse(number, CultureInfo.InvariantCulture)) / 100;

    private static double AverageLoad() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
