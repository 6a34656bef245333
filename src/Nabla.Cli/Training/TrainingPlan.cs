namespace Nabla.Cli;

/// <summary>What to train, before the data are loaded: a new training run, or one that was interrupted.</summary>
internal sealed class TrainingPlan
{
    private readonly string? resumedFrom;

    private TrainingPlan(TrainingSettings settings, string? resumedFrom, string? heldOut)
    {
        Settings = settings;
        this.resumedFrom = resumedFrom;
        HeldOut = heldOut;
    }

    public TrainingSettings Settings { get; }

    /// <summary>Whether the run was interrupted before.</summary>
    public bool IsResumed => resumedFrom is not null;

    /// <summary>Whether the run can be resumed if it is interrupted: the per-example engine does not save its state.</summary>
    public bool CanBeResumed => Settings.Engine == Engine.Vectorized;

    /// <summary>The fraction of the data that an interrupted run had held out; null for a new one.</summary>
    public string? HeldOut { get; }

    /// <summary>The plan of a new run.</summary>
    public static TrainingPlan New(TrainingSettings settings) => new(settings, null, null);

    /// <summary>The plan of an interrupted run.</summary>
    /// <param name="path">Its model file.</param>
    public static TrainingPlan Resumed(string path)
    {
        var model = Classifier.Load(path);
        string? heldOut = model.Notes.TryGetValue(ModelNotes.HeldOut, out string? fraction) ? fraction : null;
        return new(new TrainingSettings(model.Options, Engine.Vectorized), path, heldOut);
    }

    /// <summary>Requires that a resumed run learns from the same examples as before.</summary>
    /// <param name="written">The value of --validation; null if it was not given.</param>
    /// <param name="isFraction">Whether that is a fraction, not a file.</param>
    /// <exception cref="UsageException">It would learn from others.</exception>
    public void CheckValidation(string? written, bool isFraction)
    {
        if (IsResumed && written != HeldOut && (isFraction || (HeldOut is not null && written is not null)))
        {
            throw new UsageException(
                $"--resume and --validation {written} contradict each other", $"the training run held {HeldOut ?? "nothing"} out",
                "Leave --validation out.");
        }
    }

    /// <summary>Prepares the training run on its data.</summary>
    public Training<Classifier> Begin(Dataset train, Dataset validation)
    {
        if (resumedFrom is not null)
            return Training<Classifier>.Resume(resumedFrom, train, validation);
        return Settings.Engine == Engine.PerExample
            ? new(train, Settings.Options, validation, CreateEngine)
            : new(train, Settings.Options, validation);

        static PerExampleEngine CreateEngine(Classifier model, Dataset data) =>
            new(model.Network, model.Preprocessing, model.Options, data);
    }
}
