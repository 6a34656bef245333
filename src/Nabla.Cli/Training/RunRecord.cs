using System.Reflection;
using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>What is written of a training run while it runs: its receipt and checkpoints. Failing to write them does not stop it.</summary>
/// <remarks>Safe for concurrent use: the members of an ensemble are trained at the same time.</remarks>
internal sealed class RunRecord : IDisposable
{
    private const int Kept = 2;
    private const string Continues = "training continues without checkpoints until it can";

    private readonly RunFolder folder;
    private readonly CheckpointInterval interval;
    private readonly Terminal terminal;
    private readonly Lock writing = new();
    private readonly CheckpointWriter writer;
    private RunReceipt? receipt;
    private readonly bool isNew;
    private FileStream? hold; // of the folder; null if it cannot be written
    private bool hasFailed;

    /// <param name="folder">Where it is written.</param>
    /// <param name="interval">How often checkpoints are saved.</param>
    /// <param name="resumed">The receipt of the run that is resumed; null for a new one.</param>
    /// <param name="terminal">The outside world.</param>
    public RunRecord(RunFolder folder, CheckpointInterval interval, RunReceipt? resumed, Terminal terminal)
    {
        this.folder = folder;
        this.interval = interval;
        this.terminal = terminal;
        receipt = resumed;
        isNew = resumed is null;
        writer = new CheckpointWriter(new CheckpointFolder(folder.Path, Kept), interval, terminal.Clock, Inform)
        {
            BeforeSaving = SaveReceipt,
        };
    }

    /// <summary>
    /// Takes the folder for this run, if it has not taken it yet. An older run that was not completed is moved out of the way.
    /// </summary>
    /// <exception cref="UsageException">Another process trains into the folder.</exception>
    public void Begin() => Try(() =>
    {
        if (hold is null && !Take())
        {
            throw new UsageException(
                $"cannot train {folder.ModelName}", $"another process trains it, and holds {terminal.DisplayPath(folder.Path)}",
                "Wait until it ends, or choose another file with --out.");
        }
    });

    /// <summary>
    /// Keeps the members of an ensemble; null if no checkpoints are wanted and there are none, or the folder cannot be written.
    /// </summary>
    public EnsembleCheckpoints? CreateMemberStore() => hold is null || !(HasCheckpoints || folder.Members.HasMembers)
        ? null
        : new EnsembleCheckpoints(
            folder.Path, interval, Kept, terminal.Clock, Inform, damage => terminal.Inform(
                $"A file of the ensemble is damaged: {damage.What}: {damage.Why}. An older one is used, or the member is trained anew."))
        {
            BeforeSaving = SaveReceipt,
        };

    /// <summary>Releases the folder.</summary>
    public void Dispose()
    {
        if (hold is null)
            return;
        using var _ = hold;
        try
        {
            if (Directory.Exists(folder.Path) && !Directory.EnumerateFileSystemEntries(folder.Path).Any())
                Directory.Delete(folder.Path); // nothing was saved
        }
        catch (Exception e) when (FileError.Is(e))
        {
            // It is not ours, or cannot be read: the model is saved without it.
        }
    }

    /// <summary>
    /// The command that resumes the run after an interruption; null if there are no checkpoints of it, or a receipt without a command.
    /// </summary>
    public string? ResumeCommand => hold is not null && receipt?.Command is not null && folder.HoldsUnfinishedRun ? CommandToResume : null;

    /// <summary>The command that will resume the run from its first checkpoint on.</summary>
    public string CommandToResume => $"nabla resume {ShellWord.Quote(terminal.DisplayPath(folder.Path))}";

    /// <summary>Whether checkpoints are saved.</summary>
    public bool HasCheckpoints => interval != CheckpointInterval.Never;

    /// <summary>Describes what the run begins with. That of a resumed run stays as it was.</summary>
    /// <exception cref="InvalidInputException">The run is resumed, and begins with something else.</exception>
    public void Describe(RunReceipt description)
    {
        if (receipt?.FindDifference(description) is { } difference)
        {
            throw new InvalidInputException(
                $"cannot resume {terminal.DisplayPath(folder.Path)}", "what the run began with", difference,
                "Resume it in the folder where it began, with the same data.");
        }
        receipt ??= description with { Model = folder.ModelName };
    }

    /// <summary>What a run begins with.</summary>
    /// <param name="train">Its training data.</param>
    /// <param name="validation">Its validation data, if there are any.</param>
    /// <param name="options">Its options.</param>
    /// <param name="engine">Its engine.</param>
    /// <param name="terminal">The outside world.</param>
    public static RunReceipt Description(
        Dataset train, Dataset? validation, TrainingOptions options, Engine engine, Terminal terminal) => new()
    {
        Data = train.Fingerprint,
        Validation = validation?.Fingerprint,
        Options = options,
        Engine = NameOf(engine),
        Version = Version,
        Machine = $"{RuntimeInformation.RuntimeIdentifier}, {ProcessorName.OfThisMachine}, "
            + KernelChoice.Width.ToString().ToLowerInvariant(),
        Began = terminal.Clock.GetUtcNow(),
    };

    /// <summary>The version of the library.</summary>
    public static string Version =>
        typeof(RunReceipt).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The name of an engine in receipts, as that of <c>--engine</c>.</summary>
    public static string NameOf(Engine engine) => engine == Engine.PerExample ? "per-example" : "vectorized";

    /// <summary>Tells of a checkpoint that is damaged.</summary>
    public static void InformOfDamage(InvalidInputException damage, Terminal terminal) => terminal.Inform(
        $"A checkpoint is damaged, and an older one is looked for: {damage.What}: {damage.Why}.");

    /// <summary>Whether the time for a checkpoint of a single network has come.</summary>
    public bool IsCheckpointDue => writer.IsDue;

    /// <summary>Called after a batch of a single network if a checkpoint is due.</summary>
    public void SaveCheckpoint(Training training) => writer.AfterBatch(training);

    /// <summary>Called after each epoch of a single network.</summary>
    public void AfterEpoch(Training training, EpochReport report)
    {
        receipt = receipt!.With(ReceiptEpoch.From(report, training.Model));
        if (!training.IsComplete)
            writer.AfterEpoch(training);
    }

    /// <summary>Called for each member of an ensemble that is done.</summary>
    public void AfterMember(MemberReport report)
    {
        lock (writing)
            receipt = receipt!.With(ReceiptMember.From(report));
    }

    /// <summary>Called when a signal has ended the training of a single network.</summary>
    public void Interrupted(Training training)
    {
        // Checkpoints that are there already must not be older than the model.
        if (HasCheckpoints || (hold is not null && folder.HoldsUnfinishedRun))
            writer.Save(training);
        else
            Try(SaveReceipt);
    }

    /// <summary>Called when the training is complete and the model is saved: the checkpoints are deleted.</summary>
    public void Complete(Model model) => Try(
        () =>
        {
            receipt = receipt! with { Fingerprint = model.Fingerprint };
            SaveReceipt();
            folder.DeleteCheckpoints();
        },
        "the model is saved, and its receipt is not complete");

    /// <returns>Whether no other process trains into the folder.</returns>
    private bool Take()
    {
        hold = folder.Hold();
        if (hold is null || !isNew)
            return hold is not null;
        try
        {
            if (folder.SetOldAside() is { } old)
                terminal.Inform($"An older training run that was not completed is now in {terminal.DisplayPath(old)}.");
            return true;
        }
        catch (Exception e) when (FileError.Is(e))
        {
            hold.Dispose();
            hold = null; // the older run stays as it is, and this one has no folder
            throw;
        }
    }

    private void SaveReceipt()
    {
        lock (writing)
        {
            if (hold is null && !Take())
                throw new IOException("another process trains into it");
            AtomicFile.CreateFolder(folder.Path); // after an older run was moved; or somebody has deleted it
            receipt!.Save(folder.ReceiptPath);
        }
    }

    private void Try(Action write, string consequence = Continues)
    {
        try
        {
            write();
        }
        catch (Exception e) when (FileError.Is(e))
        {
            Inform(e, consequence);
        }
    }

    private void Inform(Exception error) => Inform(error, Continues);

    private void Inform(Exception error, string consequence)
    {
        lock (writing)
        {
            if (!hasFailed || consequence != Continues)
                terminal.Inform($"{terminal.DisplayPath(folder.Path)} cannot be written ({error.Message}): {consequence}.");
            hasFailed = true;
        }
    }
}
