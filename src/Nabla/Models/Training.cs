namespace Nabla;

/// <summary>
/// A training run under the caller's control: a sequence of epochs, access to the model after each epoch, and saving and resuming.
/// <see cref="Training{TModel}"/> knows the type of its model; this class is for code that works with any model.
/// </summary>
/// <remarks>
/// Not safe for concurrent use: <see cref="Epochs"/> and <see cref="Save"/> throw <see cref="InvalidOperationException"/> if another thread
/// is training an epoch, before anything has changed. Progress callbacks may call <see cref="Save"/>.
/// </remarks>
public abstract partial class Training
{
    private readonly Dataset? validation;
    private readonly ITrainingEngine engine;
    private readonly TrainingLoop loop;
    private string? validationDigest; // computed once: data do not change

    private protected Training(Dataset train, Dataset? validation, Model model, Func<TrainingStart, Dataset, ITrainingEngine>? createEngine)
    {
        this.validation = validation;
        TrainingData = train;
        Model = model;
        model.Check(train);
        if (validation is not null)
            model.Check(validation);
        var options = model.Options;
        if (options.KeepsBest && validation is not { Count: > 0 })
        {
            throw new InvalidOptionException(
                "The best epoch is to be kept, and there are no validation data to find it with",
                "Give validation data, for example with DatasetSplit.HoldOut, or keep the last epoch.", nameof(TrainingOptions.KeepBest));
        }
        var start = new TrainingStart(model.Network, model.Preprocessing, model.TargetScaling, options);
        train = TrainingStart.WithClassWeights(train, options);
        engine = createEngine?.Invoke(start, train) ?? new VectorizedEngine(start, train);
        loop = new TrainingLoop(engine, model.Network, train, options);
    }

    /// <summary>
    /// The model in its current state. If the best epoch is kept (<see cref="TrainingOptions.KeepBest"/>), it has that epoch's parameters
    /// as soon as training is complete, and those of the last step before.
    /// </summary>
    public Model Model { get; }

    /// <summary>The position of the training run.</summary>
    public TrainingPosition Position
    {
        get => loop.Position;
        private protected init => loop.Position = value;
    }

    /// <summary>Whether training has ended: all epochs are done, or <see cref="TrainingOptions.Patience"/> has run out.</summary>
    public bool IsComplete => Position.Epoch >= Model.Options.Epochs
        || (Best?.Score.EndsTraining(Model.Options.Patience, Position.Epoch) ?? false);

    /// <summary>Whether <see cref="Save"/> saves what is needed to resume: only the vectorized engine does.</summary>
    public bool CanBeResumed => Optimizer is not null;

    /// <summary>
    /// The best epoch so far, counted from 0; the last one of several equal ones. Null before the first epoch, and if the best is not kept.
    /// </summary>
    public int? BestEpoch => Best?.Score.Epoch;

    /// <summary>
    /// Multiplies the learning rate that the options and the schedule give, from the next step on (default: 1). Set it between epochs, or
    /// in a progress callback.
    /// </summary>
    /// <remarks>It is not saved with the model: a run in which it was changed cannot be repeated from its options alone.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get => loop.RateFactor;
        set
        {
            loop.RateFactor = value >= 0 && double.IsFinite(value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "A factor of the learning rate is finite and not negative.");
        }
    }

    /// <summary>The learning rate of the last step; 0 before the first.</summary>
    public double LearningRate => loop.LearningRate;

    /// <summary>Number of batches in an epoch.</summary>
    public int BatchCount => loop.BatchCount;

    /// <summary>
    /// Prepares a training run. The targets decide the model: a <see cref="Classifier"/> for classes, a <see cref="Regressor"/> for values.
    /// </summary>
    /// <param name="train">Training data, at least one example.</param>
    /// <param name="options">How to train.</param>
    /// <param name="validation">
    /// Data on which the model is measured after each epoch; not used for training. Needed if <see cref="TrainingOptions.KeepsBest"/>.
    /// </param>
    /// <param name="createEngine">Creates an engine for the network and its training data; null for the vectorized engine.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or there are no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    public static Training Begin(
        Dataset train, TrainingOptions options, Dataset? validation = null,
        Func<TrainingStart, Dataset, ITrainingEngine>? createEngine = null) =>
        ModelTask.For(train.Targets).Begin(train, options, validation, createEngine);

    /// <summary>Trains one epoch at a time. The caller may leave the loop at any time.</summary>
    /// <remarks>
    /// When the last epoch is reported, training is complete: <see cref="Model"/> then has the parameters of the best epoch, if it is kept.
    /// A caller that leaves the loop before, or cancels, has those of the last step.
    /// </remarks>
    /// <param name="progress">Called after each batch.</param>
    /// <param name="cancellationToken">Ends training after the current batch; the model keeps what it has learned.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">Another thread is training or saving.</exception>
    public IEnumerable<EpochReport> Epochs(IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        while (!IsComplete && loop.TrainEpoch(progress, cancellationToken) is { } epoch)
        {
            var report = validation is null ? null : Model.MeasureEpoch(validation);
            loop.EndEpoch(report?.Loss ?? epoch.Loss);
            if (Model.Options.KeepsBest)
                Best = Nabla.BestEpoch.Update(Best, epoch.Epoch, Model.ErrorOf(report!), Model.Network);
            if (IsComplete)
                Best?.Parameters.CopyTo(Model.Network.BeginUpdate());
            var result = new EpochReport(epoch.Epoch, epoch.Loss, report, epoch.Examples, epoch.Time)
            {
                IsBest = BestEpoch == epoch.Epoch, Layers = epoch.Layers,
            };
            Model.History = Model.History.With(EpochRecord.From(result), BestEpoch, Model.Topology.Layers.Count);
            yield return result;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Model}, epoch {Position.Epoch} of {Model.Options.Epochs}, batch {Position.Batch} of {BatchCount}";

    /// <summary>
    /// On several ranks (<see cref="DataParallelEngine"/>), makes it possible to <see cref="Save"/> in the middle of an epoch: each rank
    /// remembers what the optimizer needs for a part of the parameters, and this gives it to the others. All ranks must call it after the
    /// same batch. Not needed between epochs, nor after training was cancelled. A process alone does nothing.
    /// </summary>
    /// <exception cref="CommunicationException">Another rank cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">Another thread is training or saving.</exception>
    public void ShareState()
    {
        using var _ = loop.Use.Enter();
        (engine as IStateSharing)?.ShareState();
    }

    /// <summary>The training data.</summary>
    internal Dataset TrainingData { get; }

    /// <summary>Digest of the validation data, empty without any; null if no result depends on them.</summary>
    internal string? ValidationDigest => Model.Options.UsesValidation ? validationDigest ??= validation?.Fingerprint ?? "" : null;

    /// <summary>The best epoch so far; null before the first epoch, and if the best is not kept.</summary>
    internal BestEpoch? Best { get; private protected set; }

    /// <summary>The state of the schedule, for saving.</summary>
    internal ScheduleState Schedule
    {
        get => loop.Schedule;
        private protected init => loop.Schedule = value;
    }

    /// <summary>What the last full batch of the current epoch did to each layer, for saving; empty before it.</summary>
    internal LayerUpdate[] MeasuredStep
    {
        get => loop.MeasuredStep;
        private protected init => loop.MeasuredStep = value;
    }

    /// <summary>Whether the state of the optimizer is known, or only a part of it (<see cref="ShareState"/>).</summary>
    internal bool HasWholeState => (engine as IStateSharing)?.HasWholeState ?? true;

    /// <summary>The optimizer, whose state is saved; null if another engine trains.</summary>
    internal Optimizer? Optimizer => (engine as VectorizedEngine)?.Optimizer;

    /// <summary>Trains all epochs.</summary>
    /// <param name="onEpoch">Called after each epoch.</param>
    /// <param name="cancellationToken">Ends training after the current batch.</param>
    internal void Run(Action<EpochReport>? onEpoch, CancellationToken cancellationToken)
    {
        foreach (var epoch in Epochs(cancellationToken: cancellationToken))
            onEpoch?.Invoke(epoch);
    }
}

/// <summary>A training run of a model of a known type.</summary>
/// <inheritdoc/>
/// <typeparam name="TModel">The model: <see cref="Classifier"/> or <see cref="Regressor"/>.</typeparam>
public sealed partial class Training<TModel> : Training
    where TModel : Model, ITrainable<TModel>
{
    /// <summary>Prepares a training run: fits the scaling, draws initial values.</summary>
    /// <param name="train">Training data, at least one example.</param>
    /// <param name="options">How to train.</param>
    /// <param name="validation">
    /// Data on which the model is measured after each epoch; not used for training. Needed if <see cref="TrainingOptions.KeepsBest"/>.
    /// </param>
    /// <param name="createEngine">Creates an engine for the network and its training data; null for the vectorized engine.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or there are no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    public Training(
        Dataset train, TrainingOptions options, Dataset? validation = null,
        Func<TrainingStart, Dataset, ITrainingEngine>? createEngine = null)
        : base(train, validation, TModel.Begin(train, options), createEngine)
    {
    }

    private Training(Dataset train, Dataset? validation, TModel model, ICommunicator? ranks)
        : base(train, validation, model, ranks is null ? null : DataParallelEngine.On(ranks))
    {
    }

    /// <summary>The model in its current state.</summary>
    public new TModel Model => (TModel)base.Model;

    /// <summary>Continues an interrupted training run.</summary>
    internal static Training<TModel> Continue(
        Dataset train, Dataset? validation, TModel model, TrainingPosition position, ScheduleState schedule, BestEpoch? best,
        LayerUpdate[] measuredStep, ICommunicator? ranks) =>
        new(train, validation, model, ranks) { Position = position, Schedule = schedule, Best = best, MeasuredStep = measuredStep };
}
