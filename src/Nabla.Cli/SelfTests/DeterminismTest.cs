using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary><c>nabla selftest determinism</c>: one fingerprint with any number of threads and any instructions.</summary>
internal sealed class DeterminismTest : SelfTest
{
    private const int Few = 100;
    private const int Many = 500;
    private const int MostThreads = 64;

    // No preference but for the extremes, and for numbers that divide nothing.
    private static readonly int[] ThreadCounts =
        [.. new[] { 1, MostThreads, 3, 2, 16, 5, 33, 8, 4, 7, 12, 24, 48 }.Union(Enumerable.Range(1, MostThreads))];

    private readonly Switch full = new("--full", $"At least {Many} configurations: takes minutes.");
    private readonly Switch here = new(
        "--here", "Only with the instructions of this process: prints a fingerprint for each configuration and compares nothing.");

    public DeterminismTest(Terminal terminal)
        : base(
            "determinism", "Training runs have the same fingerprints with 1 to 64 threads and at every instruction-set level.",
            "configurations at least", Few, terminal)
    {
        Add(full);
        Add(here);
    }

    /// <inheritdoc/>
    protected override SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside)
    {
        if (here.IsGiven(parse))
            return TrainHere(n, randomSeed, outside);
        var levels = InstructionLevel.All;
        int wanted = full.IsGiven(parse) ? Math.Max(n, Many) : n;
        int ofEach = Math.Clamp((wanted + levels.Count - 1) / levels.Count, 1, SampleRun.All.Count * ThreadCounts.Length);
        return Compare(levels, ofEach, randomSeed, outside);
    }

    /// <summary>Trains in this process.</summary>
    private static SelfTestResult TrainHere(int n, ulong seed, Terminal outside)
    {
        var clock = Stopwatch.StartNew();
        int count = Math.Min(n, SampleRun.All.Count * ThreadCounts.Length);
        for (int i = 0; i < count; i++)
        {
            outside.Interruption.Token.ThrowIfCancellationRequested();
            var run = SampleRun.All[i % SampleRun.All.Count];
            int threads = ThreadCounts[i / SampleRun.All.Count];
            outside.Out.WriteLine(new Configuration(run.Name, threads, run.Train(seed, threads).Model.Fingerprint).Line);
        }
        return new(true, string.Create(
            CultureInfo.InvariantCulture, $"{KernelChoice.Width.ToString().ToLowerInvariant()} {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>Compares processes of all levels.</summary>
    private static SelfTestResult Compare(IReadOnlyList<InstructionLevel> levels, int ofEach, ulong seed, Terminal outside)
    {
        var comparison = new FingerprintComparison(outside.Out);
        foreach (var level in levels)
        {
            var (configurations, figure) = TrainAt(level, ofEach, seed, outside);
            outside.Out.WriteLine($"{level}: {configurations.Count} configurations, {figure}");
            foreach (var one in configurations)
                comparison.Add($"{level}", one);
        }
        return new(
            comparison.AllEqual,
            $"{comparison.Compared} configurations ({levels.Count} levels, {comparison.Runs} training runs, up to {MostThreads} threads, "
            + $"seed {seed}), {(comparison.AllEqual ? $"all equal: {comparison.Digest}" : $"{comparison.Different} differ")}");
    }

    private static (IReadOnlyList<Configuration> Configurations, string Figure) TrainAt(
        InstructionLevel level, int count, ulong seed, Terminal outside)
    {
        // Otherwise there would be no more threads than processors.
        var processors = KeyValuePair.Create("DOTNET_PROCESSOR_COUNT", (string?)$"{MostThreads}");
        var result = OwnProgram.Run(
            ["selftest", "determinism", "--here", "--n", $"{count}", "--seed", $"{seed}"], [.. level.Variables, processors],
            outside.Interruption.Token);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (result.ExitCode != ExitCode.Done || lines.Length != count + 1)
            throw new InvalidOperationException($"With {level}, the program ended with exit code {result.ExitCode}: {result.Error.Trim()}");
        // A variable without effect would compare a level with itself.
        if (level.Kernels is { } width && !lines[^1].StartsWith(width.ToString().ToLowerInvariant(), StringComparison.Ordinal))
            throw new InvalidOperationException($"With {level}, the program should use {width}, and uses {lines[^1]}.");
        return ([.. lines[..^1].Select(Configuration.Parse)], lines[^1]);
    }
}
