using System.Diagnostics;
using System.Text.Json;

namespace Nabla.Cli;

/// <summary>A training run that is killed at random moments and resumed until it is complete.</summary>
internal sealed class KilledRun
{
    private readonly string[] words;
    private readonly string folder;
    private readonly Func<string[], TimeSpan?, ProgramResult> start;
    private readonly string expected;
    private readonly TimeSpan duration;

    /// <summary>Trains once without interruption.</summary>
    /// <param name="name">The name of the run, for file names.</param>
    /// <param name="words">The data and options of <c>nabla train</c>; the last two words are the interval of the checkpoints.</param>
    /// <param name="folder">Where models are saved.</param>
    /// <param name="start">Runs the program with arguments, and kills it after a time; null to let it end.</param>
    /// <exception cref="InvalidOperationException">It cannot be trained.</exception>
    public KilledRun(string name, string[] words, string folder, Func<string[], TimeSpan?, ProgramResult> start)
    {
        Name = name;
        this.words = words;
        this.folder = folder;
        this.start = start;
        string model = Path.Combine(folder, $"{name}.safetensors");
        var clock = Stopwatch.StartNew();
        var result = start(["train", .. words, "--out", model, "--json"], null);
        duration = clock.Elapsed;
        expected = result.ExitCode == ExitCode.Done
            ? Model.Load(model).Fingerprint
            : throw new InvalidOperationException($"{name} cannot be trained: {result.Error}");
    }

    /// <summary>The name of the run.</summary>
    public string Name { get; }

    /// <summary>Trains once more; kills the program at least once, and resumes with other numbers of threads.</summary>
    /// <param name="random">Decides when it is killed.</param>
    /// <param name="trial">A number for the name of the model.</param>
    public KilledRunResult RunToTheEnd(Random random, int trial)
    {
        var run = RunFolder.For(Path.Combine(folder, $"trial-{trial}.safetensors"));
        int kills = 0, resumed = 0;
        while (true)
        {
            bool hasBegun = File.Exists(run.ReceiptPath);
            // Killed as it ended: the model and the receipt were there.
            if (hasBegun && RunReceipt.Load(run.ReceiptPath).Fingerprint is not null)
                return new(kills, resumed, Compare(run));
            int threads = 1 + random.Next(4);
            string[] command = hasBegun ? ["resume", run.Path] : ["train", .. words, "--out", run.ModelPath];
            TimeSpan? killAfter = kills == 0 || random.Next(2) == 0 ? duration * random.NextDouble() : null;
            bool hasMembers = hasBegun && run.Members.HasMembers;
            var result = start([.. command, "--threads", $"{threads}", "--json", .. hasBegun ? words[^2..] : []], killAfter);
            // An ensemble continues what is saved of its members, and does not say so.
            resumed += hasMembers || result.Error.Contains("Resuming from ", StringComparison.Ordinal) ? 1 : 0;
            if (result.ExitCode == ExitCode.Done)
                return new(kills, resumed, Compare(run));
            if (killAfter is null || result.ExitCode != OwnProgram.Killed)
                return new(kills, resumed, $"exit code {result.ExitCode}: {result.Error.ReplaceLineEndings(" ")}");
            kills++;
            if (FindLoss(run, result.Output) is { } problem)
                return new(kills, resumed, problem);
        }
    }

    private string? Compare(RunFolder run) => Model.Load(run.ModelPath).Fingerprint == expected ? null : "other bits";

    /// <summary>Requires that what was shown is saved: each member of an ensemble, and all epochs but those of one interval.</summary>
    private string? FindLoss(RunFolder run, string output)
    {
        if (File.Exists(run.ModelPath))
            return null; // complete
        var members = Events(output, "member").Select(json => json.GetProperty("member").GetInt32());
        if (members.FirstOrDefault(member => !run.Members.IsTrained(member), -1) is >= 0 and var lost)
            return $"member {lost} was shown, and is not saved";
        (int Epoch, double Seconds)[] epochs =
            [.. Events(output, "epoch").Select(json => (json.GetProperty("epoch").GetInt32(), json.GetProperty("seconds").GetDouble()))];
        if (epochs is not [.., var last])
            return null;
        string? newest = new CheckpointFolder(run.Path).FindNewest();
        int saved = newest is not null && Model.Load(newest).History.Epochs is [.., var epoch] ? epoch.Epoch + 1 : 0;
        if (IsWithinInterval(epochs, saved))
            return null;
        string found = newest is null ? "there is no checkpoint" : $"the newest checkpoint has {saved}";
        return $"{last.Epoch + 1} epochs were shown, and {found}";
    }

    /// <summary>Whether the epochs after a checkpoint are those of one interval at most.</summary>
    private bool IsWithinInterval((int Epoch, double Seconds)[] epochs, int saved)
    {
        int last = epochs[^1].Epoch;
        bool isKnown = CheckpointInterval.TryParse(words[^1], out var interval);
        Debug.Assert(isKnown && interval != CheckpointInterval.Never, "The last word is an interval.");
        if (interval.Epochs is { } every)
            return last + 1 - saved <= every;
        // The checkpoint may be of the middle of the first epoch, and another one due after the last batch of the last.
        double seconds = epochs.Where(epoch => epoch.Epoch > saved && epoch.Epoch < last).Sum(epoch => epoch.Seconds);
        return seconds <= interval.Time!.Value.TotalSeconds;
    }

    /// <summary>The events of a kind in whole lines of the output.</summary>
    private static IEnumerable<JsonElement> Events(string output, string kind) =>
        from line in output.Split('\n')[..^1]
        where line.Contains($"\"event\":\"{kind}\"", StringComparison.Ordinal)
        select JsonElement.Parse(line);
}

/// <summary>The outcome of a training run that is killed repeatedly.</summary>
/// <param name="Kills">How often it was killed.</param>
/// <param name="Resumed">How often it was resumed from a checkpoint.</param>
/// <param name="Problem">What was wrong; null if nothing was.</param>
internal readonly record struct KilledRunResult(int Kills, int Resumed, string? Problem);
