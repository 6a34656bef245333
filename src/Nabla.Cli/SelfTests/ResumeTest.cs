using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

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
        string folder = Directory.CreateTempSubdirectory("nabla-selftest-").FullName;
        try
        {
            string data = Path.Combine(folder, "data.csv");
            File.WriteAllText(data, SampleData.Csv);
            var runs = Runs(data).Select(run => new KilledRun(run.Name, run.Words, folder, outside)).ToArray();
            return Kill(runs, n, new Random((int)randomSeed), outside.Out);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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

    /// <summary>How a run went that was killed again and again.</summary>
    /// <param name="Kills">How often it was killed.</param>
    /// <param name="Resumed">How often it was resumed from a checkpoint.</param>
    /// <param name="Problem">What was wrong; null if nothing was.</param>
    private readonly record struct Ending(int Kills, int Resumed, string? Problem);

    /// <summary>A training run that is killed.</summary>
    private sealed class KilledRun
    {
        private readonly string folder;
        private readonly Terminal outside;
        private readonly string[] words;
        private readonly string expected;
        private readonly TimeSpan duration;

        public KilledRun(string name, string[] words, string folder, Terminal outside)
        {
            Name = name;
            this.words = words;
            this.folder = folder;
            this.outside = outside;
            string model = Path.Combine(folder, $"{name}.safetensors");
            var clock = Stopwatch.StartNew();
            var result = Start(["train", .. words, "--out", model, "--json"]);
            duration = clock.Elapsed;
            expected = result.ExitCode == ExitCode.Done
                ? Model.Load(model).Fingerprint
                : throw new InvalidOperationException($"{name} cannot be trained: {result.Error}");
        }

        public string Name { get; }

        public Ending RunToTheEnd(Random random, int trial)
        {
            string model = Path.Combine(folder, $"trial-{trial}.safetensors");
            var run = RunFolder.For(model);
            int kills = 0, resumed = 0;
            while (true)
            {
                bool hasBegun = File.Exists(run.ReceiptPath);
                // Killed as it ended: the model and the receipt were there.
                if (hasBegun && RunReceipt.Load(run.ReceiptPath).Fingerprint is not null)
                    return new(kills, resumed, Model.Load(model).Fingerprint == expected ? null : "other bits");
                int threads = 1 + random.Next(4);
                string[] command = hasBegun ? ["resume", run.Path] : ["train", .. words, "--out", model];
                string[] all = [.. command, "--threads", $"{threads}", "--json", .. hasBegun ? words[^2..] : []];
                resumed += hasBegun ? 1 : 0;
                TimeSpan? killAfter = kills == 0 || random.Next(2) == 0 ? duration * random.NextDouble() : null;
                var result = Start(all, killAfter);
                if (result.ExitCode == ExitCode.Done)
                    return new(kills, resumed, Model.Load(model).Fingerprint == expected ? null : "other bits");
                if (killAfter is null)
                    return new(kills, resumed, $"exit code {result.ExitCode}: {result.Error.ReplaceLineEndings(" ")}");
                kills++;
                if (FindLoss(run, result.Output) is { } problem)
                    return new(kills, resumed, problem);
            }
        }

        /// <summary>Requires that epochs that were shown are in a checkpoint, but for those of one interval.</summary>
        private string? FindLoss(RunFolder run, string output)
        {
            if (!CheckpointInterval.TryParse(words[^1], out var interval) || interval.Epochs is not { } every)
                return null;
            int shown = EpochsIn(output);
            if (new CheckpointFolder(run.Path).FindNewest() is not { } newest)
                return shown <= every || File.Exists(run.ModelPath) ? null : $"{shown} epochs were shown, and there is no checkpoint";
            int saved = Model.Load(newest).History.Epochs is [.., var last] ? last.Epoch + 1 : 0;
            return shown - saved <= every ? null : $"{shown} epochs were shown, and the newest checkpoint has {saved}";
        }

        /// <summary>The number of epochs, from the beginning of the run, that whole lines tell of.</summary>
        private static int EpochsIn(string output)
        {
            string[] lines = [.. output.Split('\n')[..^1].Where(line => line.Contains("\"event\":\"epoch\"", StringComparison.Ordinal))];
            if (lines is not [.., var last])
                return 0;
            using var json = JsonDocument.Parse(last);
            return json.RootElement.GetProperty("epoch").GetInt32() + 1;
        }

        private ProgramResult Start(string[] arguments, TimeSpan? killAfter = null) =>
            OwnProgram.Run(arguments, [], outside.Interruption.Token, killAfter);
    }
}
