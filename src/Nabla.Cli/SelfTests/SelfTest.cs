using System.CommandLine;

namespace Nabla.Cli;

/// <summary>A test that any user can run on their own machine: one subcommand of <c>nabla selftest</c>.</summary>
internal abstract class SelfTest : Command
{
    private readonly ValueOption<int> count;
    private readonly ValueOption<ulong> seed;
    private readonly Terminal terminal;

    /// <param name="name">The name of the subcommand.</param>
    /// <param name="description">What is tested.</param>
    /// <param name="unit">What is counted, for example <c>kills</c>.</param>
    /// <param name="defaultCount">How many by default.</param>
    /// <param name="terminal">The outside world.</param>
    protected SelfTest(string name, string description, string unit, int defaultCount, Terminal terminal)
        : base(name, description)
    {
        this.terminal = terminal;
        count = new ValueOption<int>("--n", "N", $"Number of {unit} (default: {defaultCount}).", ValueFormats.Count, $"{defaultCount}");
        seed = new ValueOption<ulong>("--seed", "SEED", "What is drawn at random follows from this (default: 0).", ValueFormats.Seed, "1");
        Add(count);
        Add(seed);
        SetAction(parse =>
        {
            var result = Run(parse, count.ValueOr(parse, defaultCount), seed.ValueOr(parse, 0), terminal);
            terminal.Out.WriteLine(result.Figure);
            return result.Passed ? ExitCode.Done : ExitCode.CheckFailed;
        });
    }

    /// <summary>Runs the test. Each finding is printed when it is found.</summary>
    /// <param name="parse">The command line, for options of this test alone.</param>
    /// <param name="n">How many.</param>
    /// <param name="randomSeed">What is drawn at random follows from this.</param>
    /// <param name="outside">The outside world; its signals end the test.</param>
    protected abstract SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside);
}

/// <summary>What a self test found.</summary>
/// <param name="Passed">Whether nothing was wrong.</param>
/// <param name="Figure">The last line of the output, for example <c>2000 kills, 2000 equal fingerprints</c>.</param>
internal readonly record struct SelfTestResult(bool Passed, string Figure);
