using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>Measures memory and start-up time of the command line, as NativeAOT and JIT: writes resources.md.</summary>
internal sealed class ResourceComparison(int rounds)
{
    private const double MegabytesGoal = 200;
    private const double SecondsGoal = 1;
    private const double ProgramGoal = 20;
    private const double VersionGoal = 0.03;

    // W1 as options of the command line.
    private static readonly string[] Notebook =
    [
        "--layers", "30", "--activation", "sigmoid", "--loss", "quadratic", "--optimizer", "sgd", "--learning-rate", "0.5",
        "--batch-size", "100", "--scaling", "unit", "--init", "scaled", "--no-shuffle", "--drop-last",
    ];

    private static readonly (string What, string[] Options)[] Trainings =
        [("nabla train mnist", ["--epochs", "2"]), ("the same with W1's options", [.. Notebook, "--epochs", "16"])];

    public string? Run()
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("resources is skipped: the peak memory of a process is available only on Linux");
            return null;
        }
        if (Mnist.Find(MnistOptions.ForProcess()) is null)
        {
            Console.Error.WriteLine("resources is skipped: MNIST was not found");
            return null;
        }
        NablaBuild[] builds = NablaBuild.WhyNotNative is null ? [NablaBuild.Native(), NablaBuild.Jit()] : [NablaBuild.Jit()];
        var before = Load.Now();
        var limits = new MarkdownTable("ratio to the limit", "limit", "what", "build", "measured");
        foreach (var build in builds)
        {
            Program(build, limits);
            Memory(build, limits);
        }
        var epochs = new MarkdownTable("native to JIT", "what", "NativeAOT", "JIT", "fingerprint");
        foreach (var (what, options) in Trainings)
            Time(builds, what, options, limits, epochs);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Memory and start-up

            {Machine.Describe(before, [], NablaBuild.WhyNotNative ?? "Nabla's command line alone: NativeAOT beside the JIT")}

            Ratios are the limit over the measured value: above 1, Nabla stays below the limit. Memory: the highest resident size that the
            kernel reports (VmHWM) in a training run of 3 epochs, data set and runtime included, the worst of {rounds} runs, forced to
            {Kernels.KernelChoice.Width} kernels; MB are 10^6 bytes. Start-up: from before the process is started to the line of its first
            epoch on standard output, including reading mnist.npz and the accuracy on test data; medians of {rounds} runs of each build in
            turn, warm file cache. nabla --version: to the end of the process, the median of {4 * rounds} runs. Times of an epoch are
            those that --json prints: the median of the runs' medians once warm.

            {limits}
            ## Epochs of both builds

            Native code without an instruction set would refuse the kernels that the memory runs force, and be much slower than the JIT.

            {epochs}
            """);
    }

    private void Program(NablaBuild build, MarkdownTable limits)
    {
        double seconds = Statistics.Median(Enumerable.Range(0, 4 * rounds).Select(_ => build.TimeVersion()));
        string measured = Seconds(seconds, "0.000");
        if (!build.IsNative)
        {
            limits.Add("", "none", "nabla --version", build.Name, measured);
            return;
        }
        double megabytes = build.Size / 1e6;
        string size = $"{Number(megabytes, "0.00")} MB";
        limits.Add(Ratio.ToLimit(ProgramGoal, megabytes), $"{ProgramGoal} MB", "the program", build.Name, size);
        limits.Add(Ratio.ToLimit(VersionGoal, seconds), $"{VersionGoal} s", "nabla --version", build.Name, measured);
    }

    private void Memory(NablaBuild build, MarkdownTable limits)
    {
        Console.Error.WriteLine($"memory, {build.Name}");
        double? peak = Enumerable.Range(0, rounds).Max(_ => NablaRun.PeakMemory(build, [.. Notebook, "--epochs", "3"]));
        string ratio = peak is { } megabytes ? Ratio.ToLimit(MegabytesGoal, megabytes) : "loss";
        string measured = peak is null
            ? $"no {Kernels.KernelChoice.Width} kernels in this build"
            : string.Create(CultureInfo.InvariantCulture, $"{peak:0} MB");
        limits.Add(ratio, $"{MegabytesGoal} MB", "peak memory of training W1", build.Name, measured);
    }

    private void Time(NablaBuild[] builds, string what, string[] options, MarkdownTable limits, MarkdownTable epochs)
    {
        var runs = builds.Select(_ => new List<NablaRun>()).ToList();
        for (int round = 0; round < rounds; round++)
        {
            Console.Error.WriteLine($"{what}, round {round + 1} of {rounds}");
            for (int i = 0; i < builds.Length; i++)
                runs[i].Add(NablaRun.Timed(builds[i], options));
        }
        foreach (var (build, ofBuild) in builds.Zip(runs))
        {
            double first = Statistics.Median(ofBuild.Select(run => run.FirstEpoch));
            var (ratio, limit) = build.IsNative ? (Ratio.ToLimit(SecondsGoal, first), $"{SecondsGoal} s") : ("", "none");
            limits.Add(ratio, limit, $"{what}: start to first epoch", build.Name, Seconds(first, "0.00"));
        }
        var fingerprints = runs.SelectMany(ofBuild => ofBuild).Select(run => run.Fingerprint).Distinct().ToList();
        if (fingerprints.Count > 1)
            throw new InvalidOperationException($"{what} ended with different fingerprints: {string.Join(", ", fingerprints)}.");
        double jit = Statistics.Median(runs[^1].Select(run => run.Epoch));
        double native = Statistics.Median(runs[0].Select(run => run.Epoch));
        string[] both = builds.Length == 1 ? ["", what, "none"] : [Number(jit / native, "0.00"), what, Seconds(native, "0.0000")];
        epochs.Add([.. both, Seconds(jit, "0.0000"), builds.Length == 1 ? fingerprints[0] : $"the same: {fingerprints[0]}"]);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Seconds(double seconds, string format) => Number(seconds, format) + " s";
}
