namespace Nabla;

/// <summary>
/// A model in training, for those who want to drive: a sequence of epochs, the model as it stands after each, and a way to resume later.
/// <see cref="Training{TModel}"/> knows the type of its model; this class is for code that works with any.
/// </summary>
/// <remarks>
/// Not safe for concurrent use: <see cref="Epochs"/> or <see cref="Save"/> while another thread trains an epoch throws
/// <see cref="InvalidOperationException"/> before anything is touched. Progress callbacks may save.
/// </remarks>
public abstract partial class Training
{
    private readonly Dataset? validation;
    private readonly ITrainingEngine engine;
    private readonly TrainingLoop loop;

    private protected Training(Dataset train, Dataset? validation, Model model, Func<TrainingStart, Dataset, ITrainingEngine>? createEngine)
    {
        this.validation = validation;
        TrainingData = train;
        Model = model;
        model.Check(train);
        if (validation is not null)
            model.Check(validation);
        var options = model.Options;
        var start = new TrainingStart(model.Network, model.Preprocessing, model.TargetScaling, options);
        engine = createEngine?.Invoke(start, train) ?? new VectorizedEngine(start, train);
        loop = new TrainingLoop(engine, model.Network, train, options);
    }

    /// <summary>The model as it stands.</summary>
    public Model Model { get; }

    /// <summary>How far training has come.</summary>
    public TrainingPosition Position
    {
        get => loop.Position;
        private protected init => loop.Position = value;
    }

    /// <summary>Whether all epochs are done.</summary>
    public bool IsComplete => Position.Epoch >= Model.Options.Epochs;

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => loop.BatchCount;

    /// <summary>
    /// Prepares a training run of the model that the targets need: a <see cref="Classifier"/> for classes, a <see cref="Regressor"/> for
    /// values.
    /// </summary>
    /// <param name="train">Training data, at least one example.</param>
    /// <param name="options">How to train.</param>
    /// <param name="validation">Data to measure the model on after each epoch; never trained on.</param>
    /// <param name="createEngine">
    /// Makes another engine than the vectorized one, of the network that it has to train and its data.
    /// </param>
    /// <exception cref="ArgumentException">Options that do not go together, or no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    public static Training Begin(
        Dataset train, TrainingOptions options, Dataset? validation = null,
        Func<TrainingStart, Dataset, ITrainingEngine>? createEngine = null) =>
        ModelTask.Of(train.Targets).Begin(train, options, validation, createEngine);

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
    internal ScheduleState Schedule
    {
        get => loop.Schedule;
        private protected init => loop.Schedule = value;
    }

    /// <summary>The optimizer's memory, for saving; null if another engine trains.</summary>
    internal Optimizer? Optimizer => (engine as VectorizedEngine)?.Optimizer;

    /// <summary>Trains all epochs.</summary>
    /// <param name="onEpoch">Told of each epoch.</param>
    /// <param name="cancellation">Ends training after the current batch.</param>
    internal void Run(Action<EpochReport>? onEpoch, CancellationToken cancellation)
    {
        foreach (var epoch in Epochs(cancellation: cancellation))
            onEpoch?.Invoke(epoch);
    }
}

/// <summary>A model of a known type in training.</summary>
/// <inheritdoc/>
/// <typeparam name="TModel">What is trained: <see cref="Classifier"/> or <see cref="Regressor"/>.</typeparam>
public sealed partial class Training<TModel> : Training
    where TModel : Model, ITrainable<TModel>
{
    /// <summary>Prepares a training run: fits the scaling, draws initial values.</summary>
    /// <param name="train">Training data, at least one example.</param>
    /// <param name="options">How to train.</param>
    /// <param name="validation">Data to measure the model on after each epoch; never trained on.</param>
    /// <param name="createEngine">
    /// Makes another engine than the vectorized one, of the network that it has to train and its data.
    /// </param>
    /// <exception cref="ArgumentException">Options that do not go together, or no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    public Training(
        Dataset train, TrainingOptions options, Dataset? validation = null,
        Func<TrainingStart, Dataset, ITrainingEngine>? createEngine = null)
        : base(train, validation, TModel.Begin(train, options), createEngine)
    {
    }

    private Training(Dataset train, Dataset? validation, TModel model)
        : base(train, validation, model, null)
    {
    }

    /// <summary>The model as it stands.</summary>
    public new TModel Model => (TModel)base.Model;

    /// <summary>Continues a training run that was saved before its end.</summary>
    internal static Training<TModel> Continue(
        Dataset train, Dataset? validation, TModel model, TrainingPosition position, ScheduleState schedule) =>
        new(train, validation, model) { Position = position, Schedule = schedule };
}
