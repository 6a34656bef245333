namespace Nabla;

/// <summary>A classifier in training, for those who want to drive: a sequence of epochs, the model as it stands after each, and a way to go on later.</summary>
public sealed partial class ClassifierTraining
{
    private readonly Dataset? validation;
    private readonly ITrainingEngine engine;
    private readonly TrainingLoop loop;

    /// <summary>Prepares a training: fits the scaling, draws initial values.</summary>
    /// <param name="train">Training data, at least one example.</param>
    /// <param name="options">How to train.</param>
    /// <param name="validation">Data to measure accuracy on after each epoch; never learned from.</param>
    /// <param name="createEngine">Makes another engine than the vectorized one; it gets the model, whose network it has to train.</param>
    /// <exception cref="ArgumentException">Options that do not go together, or no examples.</exception>
    /// <exception cref="InvalidInputException">The validation data do not fit.</exception>
    public ClassifierTraining(
        Dataset train, TrainingOptions options, Dataset? validation = null, Func<Classifier, ITrainingEngine>? createEngine = null)
        : this(train, options, validation, Begin(train, options), createEngine)
    {
    }

    private ClassifierTraining(
        Dataset train, TrainingOptions options, Dataset? validation, Classifier model, Func<Classifier, ITrainingEngine>? createEngine)
    {
        this.validation = validation;
        TrainingData = train;
        Model = model;
        model.Check(train);
        if (validation is not null)
            model.Check(validation);
        engine = createEngine?.Invoke(model) ?? new VectorizedEngine(model.Network, model.Preprocessing, options, train.Count);
        loop = new TrainingLoop(engine, model.Network, train, options);
        if (loop.BatchCount == 0)
            throw new InvalidOptionException(
                $"{train.Count} examples do not fill one batch of {options.BatchSize}, and a short last batch is dropped", "Use a smaller batch size.");
    }

    /// <summary>The model as it stands.</summary>
    public Classifier Model { get; }

    /// <summary>How far the training has come.</summary>
    public TrainingPosition Position => loop.Position;

    /// <summary>Whether all epochs are done.</summary>
    public bool IsComplete => Position.Epoch >= Model.Options.Epochs;

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => loop.BatchCount;

    /// <summary>Trains epoch after epoch; leave the loop whenever you like.</summary>
    /// <param name="progress">Hears of each batch.</param>
    /// <param name="cancellation">Ends the training after the batch at hand; the model then holds what was learned.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    public IEnumerable<EpochReport> Epochs(IProgress<BatchProgress>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            foreach (var epoch in loop.Epochs(progress, cancellation))
            {
                double? accuracy = validation is null ? null : Model.Evaluate(validation).Accuracy;
                yield return new EpochReport(epoch.Epoch, epoch.Loss, accuracy, epoch.Examples, epoch.Time);
            }
        }
        finally
        {
            engine.Publish();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Model}, epoch {Position.Epoch} of {Model.Options.Epochs}, batch {Position.Batch} of {BatchCount}";

    /// <summary>What it learns from.</summary>
    internal Dataset TrainingData { get; }

    /// <summary>The optimizer's memory, for saving; null if another engine trains.</summary>
    internal Optimizer? Optimizer => (engine as VectorizedEngine)?.Optimizer;

    /// <summary>Goes on with a training that was saved before its end.</summary>
    internal static ClassifierTraining Continue(Dataset train, Dataset? validation, Classifier model, TrainingPosition position)
    {
        var training = new ClassifierTraining(train, model.Options, validation, model, null);
        training.loop.Position = position;
        return training;
    }

    private static Classifier Begin(Dataset train, TrainingOptions options)
    {
        options.Validate();
        if (train.Count == 0)
            throw new InvalidOptionException($"{train.Name} has no examples to learn from", "Give at least one example.");
        var topology = new Topology(
            [train.Inputs.Columns, .. options.Hidden, train.ClassNames.Count], options.Activation, options.ResolvedOutputActivation);
        var network = InitialValues.Draw(topology, options.Initialization, options.Seed);
        var preprocessing = Preprocessing.Fit(train.Inputs, options.ResolvedScaling(train.Inputs));
        return new Classifier(network, preprocessing, train.ClassNames, train.InputShape, train.Inputs.IsBytes, options);
    }
}
