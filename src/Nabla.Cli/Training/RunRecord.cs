using System.Reflection;
using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>What is written of a training run while it runs: its receipt and checkpoints. Failing to write them does not stop it.</summary>
/// <remarks>Safe for concurrent use: the members of an ensemble are trained at the same time.</remarks>
internal sealed class RunRecord
{
    private const int Kept = 2;

    private readonly RunFolder folder;
    private readonly CheckpointInterval interval;
    private readonly Terminal terminal;
    private readonly Lock writing = new();
    private readonly CheckpointWriter writer;
    private RunReceipt? receipt;
    private bool isBegun; // something of this run is in the folder
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
        isBegun = resumed is not null;
        writer = new CheckpointWriter(new CheckpointFolder(folder.Path, Kept), interval, terminal.Clock, Inform)
        {
            BeforeSaving = SaveReceipt,
        };
        Members = interval == CheckpointInterval.Never ? null
            : new EnsembleCheckpoints(folder.Path, interval, Kept, terminal.Clock, Inform, damage => InformOfDamage(damage, terminal))
            {
                BeforeSaving = SaveReceipt,
            };
    }

    /// <summary>Keeps the members of an ensemble; null if no checkpoints are wanted.</summary>
    public EnsembleCheckpoints? Members { get; }

    /// <summary>The command that resumes the run after an interruption; null if there are no checkpoints.</summary>
    public string? ResumeCommand => folder.HoldsUnfinishedRun ? $"nabla resume {ShellWord.Quote(terminal.DisplayPath(folder.Path))}" : null;

    /// <summary>Describes what the run begins with. That of a resumed run stays as it was.</summary>
    public void Describe(RunReceipt description) => receipt ??= description;

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
        Version = typeof(RunReceipt).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Machine = $"{RuntimeInformation.RuntimeIdentifier}, {ProcessorName.OfThisMachine}, "
            + KernelChoice.Width.ToString().ToLowerInvariant(),
        Began = terminal.Clock.GetUtcNow(),
    };

    /// <summary>The name of an engine in receipts, as that of <c>--engine</c>.</summary>
    public static string NameOf(Engine engine) => engine == Engine.PerExample ? "per-example" : "vectorized";

    /// <summary>Tells of a checkpoint that is damaged.</summary>
    public static void InformOfDamage(InvalidInputException damage, Terminal terminal) => terminal.Inform(
        $"A checkpoint is damaged, and an older one takes its place: {damage.What}: {damage.Why}.");

    /// <summary>Called after each batch of a single network.</summary>
    public void AfterBatch(Training training) => writer.AfterBatch(training);

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
        if (interval != CheckpointInterval.Never)
            writer.Save(training);
        else
            Try(SaveReceipt);
    }

    /// <summary>Called when the training is complete and the model is saved: the checkpoints are deleted.</summary>
    public void Complete(Model model) => Try(() =>
    {
        receipt = receipt! with { Fingerprint = model.Fingerprint };
        SaveReceipt();
        folder.DeleteCheckpoints();
    });

    private void SaveReceipt()
    {
        lock (writing)
        {
            if (!isBegun && folder.SetOldAside() is { } old)
                terminal.Inform($"An older training run that was not completed is now in {terminal.DisplayPath(old)}.");
            Directory.CreateDirectory(folder.Path);
            receipt!.Save(folder.ReceiptPath);
            isBegun = true;
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (FileError.Is(e))
        {
            Inform(e);
        }
    }

    private void Inform(Exception error)
    {
        lock (writing)
        {
            if (!hasFailed)
            {
                terminal.Inform(
                    $"{terminal.DisplayPath(folder.Path)} cannot be written ({error.Message}): training continues without checkpoints "
                    + "until it can.");
            }
            hasFailed = true;
        }
    }
}
