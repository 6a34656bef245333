using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Nabla.Kernels;

namespace Nabla.Comparisons;

/// <summary>Describes the machine on which figures were taken.</summary>
internal static partial class Machine
{
    /// <summary>The processor as a folder name.</summary>
    public static string Folder { get; } =
        NotInNames().Replace($"{Processor.Name.Replace("(R)", "", StringComparison.Ordinal)} {Processor.Numbers?.Model}", "-")
            .Trim('-').ToLowerInvariant();

    /// <summary>The lines at the head of each results file.</summary>
    /// <param name="before">The load when the measurement began.</param>
    /// <param name="peers">What Nabla was compared with.</param>
    public static string Describe(Load? before, params IEnumerable<object> peers) => string.Create(CultureInfo.InvariantCulture,
        $"""
        - CPU: {Processor.Describe()}, {Environment.ProcessorCount} cores; kernels: {KernelChoice.Width}
        - {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}
        - {string.Join("; ", peers.DefaultIfEmpty("no peers: Nabla alone"))}
        - {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Load.Describe(before)}
        """);

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInNames();
}
