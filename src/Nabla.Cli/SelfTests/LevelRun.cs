namespace Nabla.Cli;

/// <summary>Training runs in a process of an instruction-set level.</summary>
/// <param name="Configurations">The runs.</param>
/// <param name="Instructions">The instructions that the process used: <see cref="InstructionLevel.OfThisProcess"/>.</param>
/// <param name="Time">How long it took, as text.</param>
internal sealed record LevelRun(IReadOnlyList<Configuration> Configurations, string Instructions, string Time)
{
    private const char Separator = ';';

    /// <summary>The last line of the output, from which <see cref="Train"/> reads it.</summary>
    public string LastLine => $"{Instructions}{Separator} {Time}";

    /// <summary>Trains in a process of its own.</summary>
    /// <param name="level">The environment variable of the process.</param>
    /// <param name="count">The number of configurations.</param>
    /// <param name="seed">The seed of the training runs.</param>
    /// <param name="threads">As many processors are simulated; otherwise no team would have more threads than the machine.</param>
    /// <param name="interruption">Signals to this process.</param>
    /// <exception cref="InvalidOperationException">The process could not train.</exception>
    public static LevelRun Train(InstructionLevel level, int count, ulong seed, int threads, CancellationToken interruption)
    {
        var processors = KeyValuePair.Create("DOTNET_PROCESSOR_COUNT", (string?)$"{threads}");
        var result = OwnProgram.Run(
            ["selftest", "determinism", "--here", "--n", $"{count}", "--seed", $"{seed}"], [.. level.Variables, processors], interruption);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (result.ExitCode != ExitCode.Done || lines.Length != count + 1)
            throw new InvalidOperationException($"the program could not train: exit code {result.ExitCode}: {result.Error}");
        string[] last = lines[^1].Split(Separator, StringSplitOptions.TrimEntries);
        return new([.. lines[..^1].Select(Configuration.Parse)], last[0], last[1]);
    }
}
