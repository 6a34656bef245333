using System.Globalization;
using System.Text;
using Nabla.Mpi;

namespace Nabla.Cli;

/// <summary>
/// The ranks that <c>mpirun</c> started to train one network together. Rank 0 does what a single process does; the others make the same
/// steps, and write nothing.
/// </summary>
internal sealed class RankTeam : IDisposable
{
    private readonly ICommunicator? ranks;
    private readonly CancellationToken asked;
    private readonly CancellationTokenSource stop = new();
    private Func<string>? remedy; // if a rank is lost; on rank 0

    /// <param name="ranks">The ranks; null for this process alone.</param>
    /// <param name="asked">Cancelled when a signal asks this process to stop.</param>
    public RankTeam(ICommunicator? ranks, CancellationToken asked)
    {
        this.ranks = ranks;
        this.asked = asked;
    }

    /// <summary>Connects the ranks, if a launcher of MPI started this process as one of several.</summary>
    /// <exception cref="CommunicationException">They cannot be connected.</exception>
    public static RankTeam Connect(Terminal terminal)
    {
        RankTeam? team = null;
        var ranks = MpiCommunicator.Connect(error => Lost(error, team?.remedy, terminal));
        team = new RankTeam(ranks, terminal.Interruption.Token);
        if (ranks is { Rank: 0, Unwatched.Count: > 0 })
        {
            terminal.Inform($"There is no connection to rank {string.Join(", ", ranks.Unwatched)} beside that of MPI: if its process is "
                + "stopped, the others wait.");
        }
        return team;
    }

    /// <summary>The ranks; null for this process alone.</summary>
    public ICommunicator? Ranks => ranks;

    /// <summary>Whether this process only follows rank 0.</summary>
    public bool IsFollower => ranks is { Rank: > 0 };

    /// <summary>Ends training; of several ranks, all after the same batch.</summary>
    public CancellationToken Stop => ranks is null ? asked : stop.Token;

    /// <summary>The settings for these ranks: without <c>--shards</c>, as many shards as ranks.</summary>
    /// <param name="settings">Those of the command line.</param>
    /// <param name="areShardsGiven">Whether <c>--shards</c> was written.</param>
    /// <param name="members">Number of networks.</param>
    /// <exception cref="UsageException">This training run cannot be shared by ranks.</exception>
    public TrainingSettings Adapt(TrainingSettings settings, bool areShardsGiven, int members)
    {
        if (ranks is null)
            return settings;
        if (members > 1 || settings.Engine == Engine.PerExample)
        {
            throw new UsageException(
                $"cannot train on {ranks.Size} ranks", members > 1
                    ? "an ensemble is trained by one process"
                    : "the per-example engine trains in one process",
                "Start the command without mpirun.");
        }
        return areShardsGiven ? settings : settings with { Preset = settings.Preset.With(options => options with { Shards = ranks.Size }) };
    }

    /// <summary>Says how to continue if a rank is lost.</summary>
    /// <param name="run">The record of the run.</param>
    /// <param name="terminal">Where to say it.</param>
    public void Announce(RunRecord run, Terminal terminal)
    {
        if (ranks is null)
            return;
        remedy = () => run.ResumeCommand is { } resume ? Command(resume) : "Start the command again: there is no checkpoint yet.";
        string advice = run.HasCheckpoints ? $" If one is lost, continue from the last checkpoint: {Command(run.CommandToResume)}" : "";
        terminal.Inform($"{ranks.Size} ranks train together.{advice}");
    }

    /// <summary>Decides what is said if a rank is lost.</summary>
    /// <param name="advice">What to do then.</param>
    public void Advise(string advice) => remedy = () => advice;

    /// <summary>Called after each batch: a signal to one rank stops all, and all take part in a checkpoint.</summary>
    /// <param name="isDue">Whether this rank wants to save a checkpoint.</param>
    /// <returns>Whether a rank wants to.</returns>
    /// <exception cref="CommunicationException">Another rank cannot be reached.</exception>
    public bool AfterBatch(bool isDue = false)
    {
        if (ranks is null)
            return isDue;
        var own = (asked.IsCancellationRequested ? Wishes.Stop : 0) | (isDue ? Wishes.Save : 0);
        byte[] all = new byte[ranks.Size];
        ranks.AllGather([(byte)own], all);
        var wishes = (Wishes)all.Aggregate(0, (before, wish) => before | wish);
        if (wishes.HasFlag(Wishes.Stop))
            stop.Cancel();
        return wishes.HasFlag(Wishes.Save);
    }

    /// <summary>
    /// Called before training: all ranks must have the data, the options and the version of rank 0. Otherwise the sum of their gradients
    /// would be that of no data set, and nothing would show it.
    /// </summary>
    /// <param name="own">What this rank begins with.</param>
    /// <exception cref="CommunicationException">This rank begins with something else, or another cannot be reached.</exception>
    public void RequireSame(RunReceipt own)
    {
        using var bytes = new MemoryStream();
        own.Save(bytes);
        RequireSame(bytes.ToArray(), first =>
        {
            using var stream = new MemoryStream(first);
            var other = RunReceipt.Load(stream, "the receipt of rank 0");
            return own.Version == other.Version
                ? other.FindDifference(own)
                : $"the version of Nabla is {own.Version}, and that of rank 0 {other.Version}";
        });
    }

    /// <summary>Requires that all ranks begin with what rank 0 begins with.</summary>
    /// <param name="own">What this rank begins with.</param>
    /// <param name="findDifference">The difference between that and what rank 0 begins with, in words; null if there is none.</param>
    /// <exception cref="CommunicationException">This rank begins with something else, or another cannot be reached.</exception>
    public void RequireSame(byte[] own, Func<byte[], string?> findDifference)
    {
        if (ranks is null)
            return;
        if (findDifference(ranks.BroadcastBytes(own, 0)) is { } difference)
            throw new CommunicationException("the ranks do not do the same", Place, $"compared with rank 0, {difference}", ShareFiles);
    }

    /// <summary>Called before the first batch: the ranks must begin with the same network at the same place.</summary>
    /// <exception cref="CommunicationException">Another rank begins elsewhere, or cannot be reached.</exception>
    public void BeforeTraining(Training training)
    {
        if (FindOther(training) is not { } other)
            return;
        throw new CommunicationException(
            "the ranks do not begin with the same network", Place, $"rank {other} begins with other parameters, or at another batch",
            ShareFiles);
    }

    /// <summary>Called after each epoch: the ranks must hold the same network, or something has gone wrong unnoticed.</summary>
    /// <exception cref="CommunicationException">Another rank holds another network, or cannot be reached.</exception>
    public void AfterEpoch(Training training, int epoch)
    {
        if (FindOther(training) is not { } other)
            return;
        throw new CommunicationException(
            "the ranks no longer train the same network", $"{Place}, epoch {epoch}", $"after this epoch, rank {other} has other parameters",
            "Check that all ranks run the same version with the same data, and the memory of the machines; then resume the run.");
    }

    /// <summary>Trains as rank 0 does, and writes nothing but errors.</summary>
    /// <param name="run">What the command asks for.</param>
    /// <param name="plan">How to train.</param>
    /// <param name="terminal">The outside world.</param>
    /// <returns>The exit code.</returns>
    public int Follow(RequestedRun run, TrainingPlan plan, Terminal terminal)
    {
        var data = TrainingData.Load(run.Request, run.Validation, plan, Silent(terminal));
        var training = plan.Begin(data.Train, data.Validation);
        RequireSame(RunRecord.Description(data.Train, data.Validation, training.Model.Options, plan.Settings.Engine, terminal));
        int exitCode = Follow(training);
        Close();
        return exitCode;
    }

    /// <summary>A terminal without output.</summary>
    public static Terminal Silent(Terminal terminal) => terminal with { Out = TextWriter.Null, Error = TextWriter.Null, Screen = null };

    /// <summary>Waits until all ranks are done. Without this, a process that ends takes the others with it.</summary>
    public void Close() => ranks?.Close();

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private static int Lost(CommunicationException error, Func<string>? remedy, Terminal terminal)
    {
        var problem = Problem.From(error, "nabla train");
        (problem with { Remedy = remedy?.Invoke() ?? problem.Remedy }).WriteTo(terminal.Error);
        return problem.ExitCode;
    }

    private const string ShareFiles =
        "Each rank reads the data and the run's folder itself: share them between the machines, or copy them to all.";

    // With any number of ranks.
    private static string Command(string resume) => $"mpirun -n N {resume}";

    private string Place => $"rank {ranks!.Rank} of {ranks.Size}";

    /// <returns>A rank that is not where this one is; null if there is none.</returns>
    private int? FindOther(Training training)
    {
        if (ranks is null)
            return null;
        var position = training.Position;
        byte[] own = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{training.Model.Fingerprint} {position.Epoch:D10} {position.Batch:D10}"));
        byte[] all = new byte[ranks.Size * own.Length];
        ranks.AllGather(own, all);
        int other = Array.FindIndex([.. all.Chunk(own.Length)], each => !own.SequenceEqual(each));
        return other < 0 ? null : other;
    }

    private int Follow(Training training)
    {
        BeforeTraining(training);
        try
        {
            foreach (var epoch in training.Epochs(new AfterEachBatch(this, training), Stop))
                AfterEpoch(training, epoch.Epoch);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>What a rank wants after a batch.</summary>
    [Flags]
    private enum Wishes : byte
    {
        Stop = 1,
        Save = 2,
    }

    private sealed class AfterEachBatch(RankTeam team, Training training) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value)
        {
            if (team.AfterBatch())
                training.ShareState();
        }
    }
}
