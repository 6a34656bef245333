namespace Nabla;

/// <summary>
/// A model in training, for those who want to drive: a sequence of epochs, the model as it stands after each, and a way to resume later.
/// </summary>
/// <remarks>
/// Not safe for concurrent use: <see cref="Epochs"/> or <see cref="Save"/> while another thread trains an epoch throws
/// <see cref="InvalidOperationException"/> before anything is touched. Progress callbacks may save.
/// </remarks>
/// <typeparam name="TModel">What is trained, e.g. <see cref="Classifier"/>.</typeparam>
public sealed partial class Training<TModel>
    where TModel : Model, ITrainable<TModel>
{
    private readonly Dataset? validation;
    private readonly ITrainingEngine engine;
    private readonly TrainingLoop loop;

    /// <summary>Prepares a training run: fits the scaling, draws initial values.</summary>
    /// <param name="train">Training data, at least one example.</param>
    /// <param name="options">How to train.</param>
    /// <param name="validation">Data to measure the model on after each epoch; never trained on.</param>
    /// <param name="createEngine">
    /// Makes another engine than the vectorized one, of the model whose network it has to train and its data.
    /// </param>
    /// <exception cref="ArgumentException">Options that do not go together, or no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    public Training(
        Dataset train, TrainingOptions options, Dataset? validation = null, Func<TModel, Dataset, ITrainingEngine>? createEngine = null)
        : this(train, options, validation, TModel.Begin(train, options), createEngine)
    {
    }

    private Training(
        Dataset train, TrainingOptions options, Dataset? validation, TModel model, Func<TModel, Dataset, ITrainingEngine>? createEngine)
    {
        this.validation = validation;
        TrainingData = train;
        Model = model;
        model.Check(train);
        if (validation is not null)
            model.Check(validation);
        engine = createEngine?.Invoke(model, train) ?? new VectorizedEngine(model.Network, model.Preprocessing, options, train);
        loop = new TrainingLoop(engine, model.Network, train, options);
        if (loop.BatchCount == 0)
        {
            throw new InvalidOptionException(
                $"{train.Count} examples do not fill one batch of {options.BatchSize}, and a short last batch is dropped",
                "Use a smaller batch size.",
                nameof(TrainingOptions.BatchSize));
        }
    }

    /// <summary>The model as it stands.</summary>
    public TModel Model { get; }

    /// <summary>How far training has come.</summary>
    public TrainingPosition Position => loop.Position;

    /// <summary>Whether all epochs are done.</summary>
    public bool IsComplete => Position.Epoch >= Model.Options.Epochs;

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => loop.BatchCount;

    /// <summary>Trains epoch after epoch; leave the loop at any time.</summary>
    /// <param name="progress">Told of each batch.</param>
    /// <param name="cancellation">Ends training after the current batch; the model then holds what was learned.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains or saves.</exception>
    public IEnumerable<EpochReport> Epochs(IProgress<BatchProgress>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var epoch in loop.Epochs(progress, cancellation))
        {
            var report = validation is null ? null : Model.Evaluate(validation);
            loop.EndEpoch(report?.Loss ?? epoch.Loss);
            yield return new EpochReport(epoch.Epoch, epoch.Loss, report, epoch.Examples, epoch.Time);
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Model}, epoch {Position.Epoch} of {Model.Options.Epochs}, batch {Position.Batch} of {BatchCount}";

    /// <summary>What it learns from.</summary>
    internal Dataset TrainingData { get; }

    /// <summary>What the schedule has learned, for saving.</summary>
    internal ScheduleState Schedule => loop.Schedule;

    /// <summary>The optimizer's memory, for saving; null if another engine trains.</summary>
    internal Optimizer? Optimizer => (engine as VectorizedEngine)?.Optimizer;

    /// <summary>Continues a training run that was saved before its end.</summary>
    internal static Training<TModel> Continue(
        Dataset train, Dataset? validation, TModel model, TrainingPosition position, ScheduleState schedule)
    {
        var training = new Training<TModel>(train, model.Options, validation, model, null);
        (training.loop.Position, training.loop.Schedule) = (position, schedule);
        return training;
    }
}
