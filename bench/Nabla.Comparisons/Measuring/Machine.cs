using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nabla.Comparisons;

/// <summary>Describes the machine and the load under which figures were taken.</summary>
internal static partial class Machine
{
    public static string Cpu { get; } = FromCpuInfo("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The CPU as a folder name. Virtual machines hide the end of the CPU's name, so the model number is appended.</summary>
    public static string Folder { get; } = NotInNames()
        .Replace($"{Cpu.Replace("(R)", "", StringComparison.Ordinal)} {FromCpuInfo("model")}", "-").Trim('-').ToLowerInvariant();

    /// <summary>If other programs use more than this share of the processors, figures of several threads are meaningless.</summary>
    private const double Busy = 0.05;

    /// <summary>Processor time used so far, by all programs and by this one.</summary>
    public static Usage Now()
    {
        // cpu user nice system idle iowait irq softirq steal, in hundredths of a second, over all processors
        double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new Usage(ticks.Sum() / 100, (ticks[3] + ticks[4]) / 100, Own(), Load());
    }

    // utime, stime, cutime and cstime, fields 14 to 17: this program and those of its children that have ended.
    private static double Own() => File.ReadAllText("/proc/self/stat").Split(')')[^1]
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(11).Take(4)
        .Sum(number => double.Parse(number, CultureInfo.InvariantCulture)) / 100;

    private static double Load() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string HowBusy(Usage before)
    {
        var now = Now();
        double others = (now.Total - before.Total - (now.Idle - before.Idle) - (now.Own - before.Own)) / (now.Total - before.Total);
        string load = string.Create(CultureInfo.InvariantCulture,
            $"load average {before.Load:0.0} before, {now.Load:0.0} after; other programs used {others:0%} of the processor time");
        return others > Busy
            ? load + ". **The machine was busy: figures of 2 threads are not usable** (spinning threads suffer most), those of 1 are rough"
            : load;
    }

    /// <summary>The lines at the head of each results file.</summary>
    /// <param name="before">Processor time when the measurement began.</param>
    /// <param name="peers">What Nabla was compared with.</param>
    public static string Describe(Usage before, params IEnumerable<string> peers) => string.Create(CultureInfo.InvariantCulture,
        $"""
        - CPU: {Cpu} (family {FromCpuInfo("cpu family")}, model {FromCpuInfo("model")}), {Cores}; kernels: {Kernels.KernelChoice.Width}
        - {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}
        - {string.Join("; ", peers.DefaultIfEmpty("no peers: Nabla alone"))}
        - {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {HowBusy(before)}
        """);

    private static string Cores => $"{Environment.ProcessorCount} cores";

    private static string? FromCpuInfo(string key) => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo")
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair[0] == key)?[1]
        : null;

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInNames();
}

/// <summary>Processor time at one moment, in seconds, summed over all processors.</summary>
/// <param name="Total">Since the machine started.</param>
/// <param name="Idle">Of that, idle.</param>
/// <param name="Own">Of that, in this program and its ended children.</param>
/// <param name="Load">Mean number of runnable threads over the last minute.</param>
internal readonly record struct Usage(double Total, double Idle, double Own, double Load);
