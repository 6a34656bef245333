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

    /// <summary>Prepares the training on data.</summary>
    public ClassifierTraining Begin(Dataset train, Dataset validation) => resumedFrom is null
        ? Usage.Guard(() => new ClassifierTraining(train, Options, validation, engine == Engine.PerExample ? model => new PerExampleEngine(model) : null))
        : ClassifierTraining.Resume(resumedFrom, train, validation);
}
