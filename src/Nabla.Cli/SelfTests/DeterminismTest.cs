using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

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
        int wanted = full.IsGiven(parse) ? Math.Max(n, Many) : n;
        return Compare(
            InstructionLevel.All, wanted, randomSeed, outside.Out,
            (level, count) => LevelRun.Train(level, count, randomSeed, MostThreads, outside.Interruption.Token));
    }

    /// <summary>Compares processes of all levels that differ on this machine.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="wanted">At least so many configurations are compared.</param>
    /// <param name="seed">The seed of the training runs, for the figure.</param>
    /// <param name="output">Receives a line for each level, and the first difference.</param>
    /// <param name="train">Trains a number of configurations in a process of a level.</param>
    public static SelfTestResult Compare(
        IReadOnlyList<InstructionLevel> levels, int wanted, ulong seed, TextWriter output, Func<InstructionLevel, int, LevelRun> train)
    {
        var comparison = new FingerprintComparison(output);
        var current = levels[0];
        try
        {
            var different = FindDifferent(levels, output, level => train(current = level, 1));
            int ofEach = Math.Clamp((wanted + different.Count - 1) / different.Count, 1, SampleRun.All.Count * ThreadCounts.Length);
            foreach (var level in different)
            {
                var run = train(current = level, ofEach);
                foreach (var configuration in run.Configurations)
                    comparison.Add($"{level}", configuration);
                output.WriteLine($"{level}: {ofEach} configurations, {run.Instructions}, {run.Time}");
            }
            return new(comparison.AllEqual, comparison.Figure(different.Count, seed));
        }
        catch (InvalidOperationException e)
        {
            output.WriteLine($"{current}: {e.Message}");
            return new(false, $"{comparison.Compared} configurations compared before {current}");
        }
    }

    /// <summary>Leaves out levels whose instructions are those of an earlier one: they would be compared with themselves.</summary>
    private static List<InstructionLevel> FindDifferent(
        IReadOnlyList<InstructionLevel> levels, TextWriter output, Func<InstructionLevel, LevelRun> probe)
    {
        var different = new Dictionary<string, InstructionLevel>(StringComparer.Ordinal);
        foreach (var level in levels)
        {
            string instructions = probe(level).Instructions;
            if (level.Kernels is { } width && !instructions.StartsWith(InstructionLevel.NameOf(width), StringComparison.Ordinal))
                throw new InvalidOperationException($"the program should use {width}, and used {instructions}");
            if (!different.TryAdd(instructions, level))
                output.WriteLine($"{level}: left out, because here it has the instructions of {different[instructions]}: {instructions}");
        }
        return [.. different.Values];
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
            string fingerprint = run.Train(seed, threads).Model.Fingerprint;
            // A team has no more threads than there are processors.
            outside.Out.WriteLine(new Configuration(run.Name, Math.Min(threads, Environment.ProcessorCount), fingerprint).Line);
        }
        string time = string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s");
        return new(true, new LevelRun([], InstructionLevel.OfThisProcess, time).LastLine);
    }
}
