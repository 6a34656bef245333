using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nabla.Kernels;

namespace Nabla.Comparisons;

/// <summary>The measurements of one run of <c>nabla train mnist</c>.</summary>
/// <param name="FirstEpoch">Seconds from the start of the process to the line of the first epoch.</param>
/// <param name="Epoch">Seconds per epoch as the command reports them: the median of the second half, when it is warm.</param>
/// <param name="Fingerprint">Of the trained parameters.</param>
internal sealed record NablaRun(double FirstEpoch, double Epoch, string Fingerprint)
{
    /// <summary>Trains and measures the time.</summary>
    public static NablaRun Timed(NablaBuild build, IEnumerable<string> options)
    {
        double first = 0;
        List<double> epochs = [];
        string fingerprint = "";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(build.Train(options))!;
        var errors = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (epochs.Count == 0)
                first = clock.Elapsed.TotalSeconds;
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("seconds", out var seconds))
                epochs.Add(seconds.GetDouble());
            else
                fingerprint = json.RootElement.GetProperty("fingerprint").GetString()!;
        }
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw Failure(build, process, errors.Result);
        return new NablaRun(first, Statistics.Median(epochs.Skip(epochs.Count / 2)), fingerprint);
    }

    /// <summary>Trains with the vector width of this process, and measures the peak memory.</summary>
    /// <returns>Peak resident size that the kernel reports, in megabytes (10^6 bytes); null if the build lacks that width.</returns>
    public static double? PeakMemory(NablaBuild build, IEnumerable<string> options)
    {
        var start = build.Train(options);
        start.Environment[KernelChoice.EnvironmentVariable] = KernelChoice.Width.ToString();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        double peak = 0;
        while (!process.WaitForExit(5))
            peak = Math.Max(peak, HighWater(process.Id));
        Task.WaitAll(output, errors);
        if (process.ExitCode == 0)
            return peak;
        // If the build lacks the width, the error names the variable.
        return errors.Result.Contains(KernelChoice.EnvironmentVariable, StringComparison.Ordinal)
            ? null
            : throw Failure(build, process, errors.Result);
    }

    private static InvalidOperationException Failure(NablaBuild build, Process process, string errors) =>
        new($"nabla train mnist, {build.Name}, ended with {process.ExitCode}: {errors}");

    // The kernel keeps the highest value, so only growth in the last milliseconds of the process can be missed.
    private static double HighWater(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            string? kibibytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
            return kibibytes is null ? 0 : double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
