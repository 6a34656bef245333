using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>A training run before its data are loaded: a new run, or one that was interrupted.</summary>
internal sealed class TrainingPlan
{
    private readonly string? resumedFrom;

    private readonly Model? resumed;

    private TrainingPlan(TrainingSettings settings, string? resumedFrom, Model? resumed)
    {
        Settings = settings;
        this.resumedFrom = resumedFrom;
        this.resumed = resumed;
    }

    public TrainingSettings Settings { get; }

    /// <summary>The options of the command, as the user wrote them; null if another command began the run.</summary>
    public string? CommandOptions { get; private init; }

    /// <summary>The ranks that share each step; null for this process alone.</summary>
    public ICommunicator? Ranks { get; init; }

    /// <summary>Whether the run was interrupted before.</summary>
    public bool IsResumed => resumedFrom is not null;

    /// <summary>Whether the run can be resumed after an interruption. The per-example engine does not save its state.</summary>
    public bool CanBeResumed => Settings.Engine == Engine.Vectorized;

    /// <summary>The fraction of the data that an interrupted run had held out; null for a new one.</summary>
    public string? HeldOut => resumed is null ? null : ModelNotes.ReadHeldOut(resumed);

    /// <summary>The plan of a new run.</summary>
    /// <param name="settings">How to train.</param>
    /// <param name="commandOptions">The options of the command, as the user wrote them.</param>
    /// <param name="ranks">The ranks that share each step; null for this process alone.</param>
    public static TrainingPlan New(TrainingSettings settings, string? commandOptions = null, ICommunicator? ranks = null) =>
        new(settings, null, null) { CommandOptions = commandOptions, Ranks = ranks };

    /// <summary>How the table of an interrupted run was encoded; null for other data, and for a new run.</summary>
    public TableEncoding? Encoding => resumed is null ? null : ModelNotes.ReadTable(resumed);

    /// <summary>Completes a request for data: the model of a resumed run has the targets.</summary>
    public DataRequest Complete(DataRequest request)
    {
        if (resumed is null)
            return request.Preferring(Settings.Options.Loss);
        return request.For(resumed) with
        {
            Targets = request.Targets.Count > 0 ? request.Targets : Encoding?.TargetColumns ?? [],
        };
    }

    /// <summary>The plan of an interrupted run.</summary>
    /// <param name="path">Its model file, or a checkpoint.</param>
    /// <param name="threads">The most threads to use; 0 for one per processor.</param>
    /// <param name="ranks">The ranks that share each step; null for this process alone.</param>
    /// <exception cref="UsageException">It is an ensemble.</exception>
    public static TrainingPlan Resumed(string path, int threads = 0, ICommunicator? ranks = null)
    {
        var model = Model.Load(path);
        if (model.Members.Count > 0)
        {
            throw new UsageException(
                "cannot use --resume", $"the model is an ensemble, an average of {model.Members.Count}, and the training of an ensemble "
                + "cannot be resumed from its model",
                $"nabla resume {ShellWord.Quote(RunFolder.For(path).Path)}, if that folder exists; or omit --resume to train all members "
                + "again.");
        }
        return new(new TrainingSettings(new Preset(model.Options with { Threads = threads }), Engine.Vectorized), path, model)
        {
            Ranks = ranks,
        };
    }

    /// <summary>Requires that a checkpoint has the options of its run.</summary>
    /// <exception cref="InvalidInputException">It belongs to another run; the message names an option.</exception>
    public void RequireOptions(RunReceipt receipt, string checkpoint)
    {
        if (receipt.FindDifference(receipt with { Options = resumed!.Options }) is { } difference)
        {
            throw new InvalidInputException(
                $"cannot resume {checkpoint}", "its training options", $"they are not those of its run: {difference}",
                "It belongs to another run: move it away.");
        }
    }

    /// <summary>Requires that a resumed run learns from the same examples as before.</summary>
    /// <param name="written">The value of --validation; null if it was not given.</param>
    /// <param name="isFraction">Whether the value is a fraction rather than a file.</param>
    /// <exception cref="UsageException">The run would learn from other examples.</exception>
    public void CheckValidation(string? written, bool isFraction)
    {
        if (IsResumed && written != HeldOut && (isFraction || (HeldOut is not null && written is not null)))
        {
            throw new UsageException(
                $"--resume and --validation {written} contradict each other", $"the training run held out {HeldOut ?? "nothing"}",
                "Omit --validation.");
        }
    }

    /// <summary>Prepares the training run on its data.</summary>
    public Training Begin(Dataset train, Dataset? validation)
    {
        if (resumedFrom is not null)
            return Training.Resume(resumedFrom, train, validation, Settings.Options.Threads, Ranks);
        var options = Settings.Preset.For(train.Targets);
        // Presets that keep the best epoch do so where there are data to find it.
        if (validation is null && options.Patience is null)
            options = options with { KeepBest = false };
        return Training.Begin(
            train, options, validation, Ranks is null ? EngineChoice.Creator(Settings.Engine) : DataParallelEngine.On(Ranks));
    }

    /// <summary>Prepares the training of an ensemble.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="members">Number of members.</param>
    /// <param name="store">Keeps members while others are trained; null to keep them in memory alone.</param>
    public EnsembleTraining BeginEnsemble(Dataset train, int members, IMemberStore? store) =>
        new(train, Settings.Preset.For(train.Targets), members, EngineChoice.Creator(Settings.Engine), store);
}
