namespace Nabla.Cli;

/// <summary>What to train, before the data are known: a new training, or one that was interrupted.</summary>
internal sealed class TrainingPlan
{
    private readonly Engine engine;
    private readonly string? resumedFrom;

    private TrainingPlan(TrainingOptions options, Engine engine, string? resumedFrom, string? heldOut)
    {
        Options = options;
        this.engine = engine;
        this.resumedFrom = resumedFrom;
        HeldOut = heldOut;
    }

    public TrainingOptions Options { get; }

    /// <summary>Whether it was interrupted before.</summary>
    public bool IsResumed => resumedFrom is not null;

    /// <summary>Whether what it has done can be gone on with: the per-example engine keeps its state to itself.</summary>
    public bool CanBeResumed => engine == Engine.Vectorized;

    /// <summary>The share of the data that an interrupted training had held out; null for a new one.</summary>
    public string? HeldOut { get; }

    public static TrainingPlan New(TrainingOptions options, Engine engine) => new(options, engine, null, null);

    /// <summary>The plan of an interrupted training.</summary>
    /// <param name="path">Its model file.</param>
    public static TrainingPlan Resumed(string path)
    {
        var model = Classifier.Load(path);
        return new(model.Options, Engine.Vectorized, path, model.Notes.TryGetValue(ModelNotes.HeldOut, out string? share) ? share : null);
    }

    /// <summary>Demands that an interrupted training goes on with the examples that it began with.</summary>
    /// <param name="written">What --validation says; null if it was not written.</param>
    /// <param name="isShare">Whether that is a share, and no other data.</param>
    /// <exception cref="UsageException">It would not.</exception>
    public void CheckValidation(string? written, bool isShare)
    {
        if (IsResumed && written != HeldOut && (isShare || (HeldOut is not null && written is not null)))
            throw new UsageException($"--resume and --validation {written} contradict each other", $"the training held {HeldOut ?? "nothing"} out", "Leave --validation out.");
    }

    /// <summary>Prepares the training on data.</summary>
    public ClassifierTraining Begin(Dataset train, Dataset validation) => resumedFrom is null
        ? Usage.Guard(() => new ClassifierTraining(train, Options, validation, engine == Engine.PerExample ? model => new PerExampleEngine(model) : null))
        : ClassifierTraining.Resume(resumedFrom, train, validation);
}
