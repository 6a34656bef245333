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

    /// <summary>Mean number of runnable threads over the last minute: a machine that does nothing else shows at most our own.</summary>
    public static double Load() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>The lines that stand at the head of each results file.</summary>
    public static string Describe(double loadBefore) => string.Create(CultureInfo.InvariantCulture,
        $"""
        - CPU: {Cpu} (family {FromCpuInfo("cpu family")}, model {FromCpuInfo("model")}), {Environment.ProcessorCount} cores; kernels: {Kernels.KernelChoice.Width}
        - {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}
        - TorchSharp {VersionOf(typeof(TorchSharp.torch))}, libtorch 2.10.0 (MKL); OpenBLAS: {OpenBlas.Version ?? "not installed"}
        - {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; load average before {loadBefore:0.0}, after {Load():0.0} (this program itself is 1 to 2)
        """);

    private static string VersionOf(Type type) => type.Assembly.GetName().Version!.ToString(3);

    private static string? FromCpuInfo(string key) => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).FirstOrDefault(pair => pair[0] == key)?[1]
        : null;

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInNames();
}
