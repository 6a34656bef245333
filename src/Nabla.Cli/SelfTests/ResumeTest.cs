using System.CommandLine;

namespace Nabla.Cli;

/// <summary>
/// <c>nabla selftest resume</c>: training runs are killed without a warning at random moments, and resumed with another number of threads
/// until they are complete. Each must end with the bits of a run that was not interrupted, and lose at most one interval.
/// </summary>
internal sealed class ResumeTest(Terminal terminal) : SelfTest(
    "resume", "Training runs that are killed at random moments, and resumed, end with the bits of an uninterrupted run.", "kills", 20,
    terminal)
{
    private const string EveryEpoch = "1epoch";

    /// <inheritdoc/>
    protected override SelfTestResult Run(ParseResult parse, int n, ulong randomSeed, Terminal outside)
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data.csv");
        File.WriteAllText(data, SampleData.Csv);
        var token = outside.Interruption.Token;
        var runs = Runs(data).Select(run => new KilledRun(
            run.Name, run.Words, folder.Path, (arguments, killAfter) => OwnProgram.Run(arguments, [], token, killAfter))).ToArray();
        return Kill(runs, n, new Random((int)randomSeed), outside.Out);
    }

    private static (string Name, string[] Words)[] Runs(string data) =>
    [
        ("classes", [data, "--target", "kind", "--batch-size", "16", .. Size(60), "--checkpoint-every", EveryEpoch]),
        (
            "dropout", [
                data, "--target", "kind", "--optimizer", new MomentumOptions().Name, "--dropout", "0.2",
                "--schedule", new ReduceOnPlateauSchedule().Name, .. Size(60), "--checkpoint-every", "30ms",
            ]),
        ("values", [data, "--target", "size", .. Size(80), "--checkpoint-every", "2epochs"]),
        ("ensemble", [data, "--target", "kind", "--members", "4", .. Size(30), "--checkpoint-every", "20ms"]),
    ];

    private static string[] Size(int epochs) => ["--layers", "150,100", "--epochs", $"{epochs}"];

    private static SelfTestResult Kill(KilledRun[] runs, int n, Random random, TextWriter output)
    {
        int kills = 0, complete = 0, resumed = 0, wrong = 0;
        for (int trial = 0; kills < n; trial++)
        {
            var ending = runs[trial % runs.Length].RunToTheEnd(random, trial);
            kills += ending.Kills;
            resumed += ending.Resumed;
            complete++;
            if (ending.Problem is { } problem)
            {
                wrong++;
                output.WriteLine($"wrong in trial {trial}, {runs[trial % runs.Length].Name}: {problem}");
            }
        }
        return new(
            wrong == 0,
            $"{kills} kills, {resumed} resumed from a checkpoint; {complete} runs completed, {complete - wrong} with the bits of an "
            + "uninterrupted run, at most one interval lost");
    }
}
