using System.Diagnostics;
using System.Globalization;
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
    private const string WaitPolicy = "OMP_WAIT_POLICY";
    private const string Passive = "passive";
    private const string OpenBlasKernels = "OPENBLAS_CORETYPE";

    private static readonly string[] Prefixes = ["OMP_", "GOMP_", "KMP_", "MKL_", "OPENBLAS_", "ATEN_", "ONEDNN_"];

    private static readonly string[] ThreadCounts = ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"];

    private static readonly string[] Others =
        [Mark, "LD_PRELOAD", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "THP_MEM_ALLOC_ENABLE"];

    /// <summary>Whether this process has the settings.</summary>
    public static bool AreSet => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Whether vectors are limited to 256 bits on a processor that has longer ones.</summary>
    public static bool AreNarrow => Environment.GetEnvironmentVariable(Mark) == Narrow;

    /// <summary>Whether threads sleep while they wait, as <see cref="SetThreads"/> has set for this process.</summary>
    public static bool ThreadsSleep => Environment.GetEnvironmentVariable(WaitPolicy) == Passive;

    /// <summary>Runs this program again with the settings.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="width">Bits of the longest vectors to use, where the processor has longer ones.</param>
    /// <returns>Its exit code.</returns>
    public static int Run(string[] args, int width)
    {
        bool narrow = width == 256 && Processor.HasAvx512;
        var start = Child.Self(args);
        RemoveLibraryVariables(start);
        start.Environment[Mark] = narrow ? Narrow : "as it is";
        // By default, glibc maps and unmaps each large temporary of libtorch. These settings keep the memory, which makes libtorch fastest.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "1073741824";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "4294967296";
        start.Environment["MALLOC_TOP_PAD_"] = "268435456";
        // libtorch's large tensors get transparent huge pages. With two threads, W3 takes 6 to 11 % less time; the rest is within noise.
        start.Environment["THP_MEM_ALLOC_ENABLE"] = "1";
        // OpenBLAS uses kernels of 2004 on a processor that it does not know: name the kernels that this processor supports. Results are
        // compared before anything is measured, so that wrong kernels would be noticed.
        if (Processor.HasAvx512 || Avx2.IsSupported)
            start.Environment[OpenBlasKernels] = Processor.HasAvx512 && !narrow ? "SkylakeX" : "Haswell";
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

    /// <summary>Sets the threads of OpenMP, MKL and OpenBLAS.</summary>
    /// <param name="start">The process.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="sleep">Whether they sleep while they wait, rather than spin.</param>
    public static void SetThreads(ProcessStartInfo start, int threads, bool sleep)
    {
        foreach (string name in ThreadCounts)
            start.Environment[name] = threads.ToString(CultureInfo.InvariantCulture);
        // MKL must not change the number of threads by itself: they would be ended and started again between its calls and others.
        start.Environment["MKL_DYNAMIC"] = "FALSE";
        if (sleep)
            start.Environment[WaitPolicy] = Passive;
    }

    /// <summary>Names OpenBLAS's kernels for another program as for this one.</summary>
    public static void SetOpenBlas(ProcessStartInfo start) =>
        start.Environment[OpenBlasKernels] = Environment.GetEnvironmentVariable(OpenBlasKernels);

    /// <summary>A program that users start has none of the settings, apart from the length of its vectors.</summary>
    public static void RemoveFrom(ProcessStartInfo start)
    {
        RemoveLibraryVariables(start);
        foreach (string name in Others)
            start.Environment.Remove(name);
    }

    // Those that the user has set would apply to some contenders only.
    private static void RemoveLibraryVariables(ProcessStartInfo start)
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                start.Environment.Remove(name);
        }
    }
}
