using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nabla.Comparisons;

/// <summary>Where and when figures were taken: they mean nothing without it.</summary>
internal static partial class Machine
{
    public static string Cpu { get; } = FromCpuInfo("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The CPU as a folder's name. Virtual machines hide the name's end, so the model number stands for it.</summary>
    public static string Folder { get; } = NotInNames().Replace($"{Cpu.Replace("(R)", "", StringComparison.Ordinal)} {FromCpuInfo("model")}", "-")
        .Trim('-').ToLowerInvariant();

    /// <summary>Above this share of the processors in other programs' hands, figures of several threads say nothing.</summary>
    private const double Busy = 0.05;

    /// <summary>How much the processors have worked so far, and how much of it was this program.</summary>
    public static Usage Now()
    {
        // cpu user nice system idle iowait irq softirq steal, in hundredths of a second, over all processors
        double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new Usage(ticks.Sum() / 100, (ticks[3] + ticks[4]) / 100, Own(), Load());
    }

    // utime stime cutime cstime, the 14th to 17th field: this program's and those of its children that have ended.
    private static double Own() => File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(11).Take(4)
        .Sum(number => double.Parse(number, CultureInfo.InvariantCulture)) / 100;

    private static double Load() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string HowBusy(Usage before)
    {
        var now = Now();
        double others = (now.Total - before.Total - (now.Idle - before.Idle) - (now.Own - before.Own)) / (now.Total - before.Total);
        return string.Create(CultureInfo.InvariantCulture,
            $"load average {before.Load:0.0} before, {now.Load:0.0} after; other programs had {others:0%} of the processors' time")
            + (others > Busy ? ". **The machine was busy: figures of 2 threads are not usable** (threads that spin for each other suffer most), those of 1 are rough" : "");
    }

    /// <summary>The lines that stand at the head of each results file.</summary>
    /// <param name="before">How much the processors had worked when the measurement began.</param>
    /// <param name="peers">What Nabla was compared with.</param>
    public static string Describe(Usage before, params IEnumerable<string> peers) => string.Create(CultureInfo.InvariantCulture,
        $"""
        - CPU: {Cpu} (family {FromCpuInfo("cpu family")}, model {FromCpuInfo("model")}), {Environment.ProcessorCount} cores; kernels: {Kernels.KernelChoice.Width}
        - {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}
        - {string.Join("; ", peers.DefaultIfEmpty("no peers: Nabla alone"))}
        - {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {HowBusy(before)}
        """);

    private static string? FromCpuInfo(string key) => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).FirstOrDefault(pair => pair[0] == key)?[1]
        : null;

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInNames();
}

/// <summary>What the processors had done at one moment, in seconds over all of them.</summary>
/// <param name="Total">Since the machine started.</param>
/// <param name="Idle">Of that, doing nothing.</param>
/// <param name="Own">Of that, in this program and those that it ran.</param>
/// <param name="Load">Mean number of runnable threads over the last minute.</param>
internal readonly record struct Usage(double Total, double Idle, double Own, double Load);
