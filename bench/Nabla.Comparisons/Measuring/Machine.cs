using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Nabla.Kernels;

namespace Nabla.Comparisons;

/// <summary>Describes the machine on which figures were taken.</summary>
internal static partial class Machine
{
    /// <summary>The processor as a folder name, with family and model: virtual machines hide the end of the name.</summary>
    public static string Folder { get; } =
        NotInNames().Replace(
            $"{Processor.Name.Replace("(R)", "", StringComparison.Ordinal)} {Processor.Numbers?.Family} {Processor.Numbers?.Model}", "-")
            .Trim('-').ToLowerInvariant()
        + (LibrarySettings.AreNarrow ? "-avx2" : "");

    /// <summary>The lines at the head of each results file.</summary>
    /// <param name="before">The load when the measurement began.</param>
    /// <param name="failures">What failed.</param>
    /// <param name="peers">What Nabla was compared with.</param>
    public static string Describe(Load? before, IEnumerable<string> failures, params IEnumerable<object> peers)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"""
            - CPU: {Processor.Describe()}, {Environment.ProcessorCount} cores; kernels: {KernelChoice.Width}
            - {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}
            - {string.Join("; ", peers.DefaultIfEmpty("no peers: Nabla alone"))}
            - {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Load.Describe(before)}
            """);
        var lines = failures.Select(line => $"- **{line}**");
        return string.Join('\n', LibrarySettings.AreNarrow ? [text, NarrowVectors, .. lines] : [text, .. lines]);
    }

    private const string NarrowVectors =
        "- vectors of at most 256 bits: DOTNET_EnableAVX512=0 for Nabla, OPENBLAS_CORETYPE=Haswell for OpenBLAS, "
        + "MKL_ENABLE_INSTRUCTIONS=AVX2, ONEDNN_MAX_CPU_ISA=AVX2 and ATEN_CPU_CAPABILITY=avx2 for libtorch. MKL honors this variable "
        + "only on Intel processors. **ONNX Runtime has no such setting and uses AVX-512**";

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInNames();
}
