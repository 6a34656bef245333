using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>
/// <c>nabla selftest determinism</c>: training runs have one fingerprint with any number of threads and any instructions.
/// </summary>
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
            string[] lines = TrainAt(level, ofEach, seed, outside);
            if (Wrong(level, ofEach, lines) is { } wrong)
            {
                outside.Out.WriteLine($"{level}: {wrong}");
                return new(false, $"{comparison.Compared} configurations compared before {level}");
            }
            foreach (string line in lines[..^1])
                comparison.Add($"{level}", Configuration.Parse(line));
            outside.Out.WriteLine($"{level}: {ofEach} configurations, {lines[^1]}");
        }
        return new(
            comparison.AllEqual,
            $"{comparison.Compared} configurations ({levels.Count} levels, {comparison.Runs} training runs, up to {MostThreads} threads, "
            + $"seed {seed}), {(comparison.AllEqual ? $"all equal: {comparison.Digest}" : $"{comparison.Different} differ")}");
    }

    /// <summary>Trains in a process of a level.</summary>
    /// <returns>The lines of its output; the messages, where there is none.</returns>
    private static string[] TrainAt(InstructionLevel level, int count, ulong seed, Terminal outside)
    {
        // Otherwise there would be no more threads than processors.
        var processors = KeyValuePair.Create("DOTNET_PROCESSOR_COUNT", (string?)$"{MostThreads}");
        var result = OwnProgram.Run(
            ["selftest", "determinism", "--here", "--n", $"{count}", "--seed", $"{seed}"], [.. level.Variables, processors],
            outside.Interruption.Token);
        string output = result.ExitCode == ExitCode.Done ? result.Output : $"exit code {result.ExitCode}: {result.Error}";
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>What is wrong with the output of a process; null if nothing is.</summary>
    private static string? Wrong(InstructionLevel level, int count, string[] lines)
    {
        if (lines.Length != count + 1)
            return $"the program could not train: {string.Join(' ', lines)}";
        // A variable without effect would compare a level with itself.
        return level.Kernels is not { } width || lines[^1].StartsWith(width.ToString().ToLowerInvariant(), StringComparison.Ordinal)
            ? null
            : $"the program should use {width}, and used {lines[^1]}";
    }
}
