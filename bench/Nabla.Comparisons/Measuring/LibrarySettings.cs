using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Comparisons;

/// <summary>
/// Environment variables with which the libraries are at their best. They are read when a process starts, so this program starts itself
/// once more with them.
/// </summary>
internal static class LibrarySettings
{
    private const string Mark = "NABLA_COMPARISONS";
    private const string Narrow = "AVX2";

    private static readonly string[] All =
    [
        Mark, "LD_PRELOAD", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "OPENBLAS_CORETYPE",
        "MKL_ENABLE_INSTRUCTIONS", "ONEDNN_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY",
    ];

    /// <summary>Whether this process has the settings.</summary>
    public static bool AreSet => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Whether vectors are limited to 256 bits on a processor that has longer ones.</summary>
    public static bool AreNarrow => Environment.GetEnvironmentVariable(Mark) == Narrow;

    /// <summary>Runs this program again with the settings.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="width">Bits of the longest vectors to use, where the processor has longer ones.</param>
    /// <returns>Its exit code.</returns>
    public static int Run(string[] args, int width)
    {
        bool narrow = width == 256 && Processor.HasAvx512;
        var start = Child.Self(args);
        start.Environment[Mark] = narrow ? Narrow : "as it is";
        // By default, glibc maps and unmaps each large temporary of libtorch. These settings keep the memory, which makes libtorch fastest.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "1073741824";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "4294967296";
        start.Environment["MALLOC_TOP_PAD_"] = "268435456";
        // OpenBLAS uses kernels of 2004 on a processor that it does not know: name the kernels that this processor supports, also where the
        // environment names older ones. Results are compared before anything is measured, so that wrong kernels would be noticed.
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        if (Processor.HasAvx512 || Avx2.IsSupported)
            start.Environment["OPENBLAS_CORETYPE"] = Processor.HasAvx512 && !narrow ? "SkylakeX" : "Haswell";
        if (narrow)
        {
            start.Environment["DOTNET_EnableAVX512"] = "0";
            start.Environment["MKL_ENABLE_INSTRUCTIONS"] = "AVX2";
            start.Environment["ONEDNN_MAX_CPU_ISA"] = "AVX2";
            start.Environment["ATEN_CPU_CAPABILITY"] = "avx2";
        }
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>A program that users start has none of the settings, apart from the length of its vectors.</summary>
    public static void RemoveFrom(ProcessStartInfo start)
    {
        foreach (string name in All)
            start.Environment.Remove(name);
    }
}
