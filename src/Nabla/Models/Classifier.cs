namespace Nabla;

/// <summary>
/// A trained classifier: preprocessing, network and class names. It is trained (<see cref="Train"/>, <see cref="Training{TModel}"/>),
/// loaded (<see cref="Load"/>), or made of a network that was trained elsewhere (<see cref="From"/>).
/// </summary>
/// <remarks>Safe for concurrent prediction and evaluation, as <see cref="Model"/> says.</remarks>
public sealed partial class Classifier : Model, ITrainable<Classifier>
{
    internal const string TaskName = "classification";

    internal Classifier(ModelParts parts)
        : base(parts)
    {
    }

    /// <inheritdoc/>
    public override string Task => TaskName;

    /// <summary>The name of each class; output i stands for class i.</summary>
    public IReadOnlyList<string> ClassNames => OutputNames;

    private protected override string TargetSubject => "classes";

    /// <summary>Trains a classifier.</summary>
    /// <param name="train">Training data whose targets are classes; scaling is fitted on it.</param>
    /// <param name="options">How to train; null for <see cref="Presets.Default"/>.</param>
    /// <param name="validation">Data to measure accuracy on after each epoch; never trained on.</param>
    /// <param name="onEpoch">Told of each epoch.</param>
    /// <param name="cancellation">
    /// Ends training after the current batch. Use <see cref="Training{TModel}"/> to keep what was learned.
    /// </param>
    /// <exception cref="ArgumentException">Options that do not go together, or data that do not fit each other.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Classifier Train(
        Dataset train, TrainingOptions? options = null, Dataset? validation = null, Action<EpochReport>? onEpoch = null,
        CancellationToken cancellation = default)
    {
        var training = new Training<Classifier>(train, options ?? Presets.Default, validation);
        training.Run(onEpoch, cancellation);
        return training.Model;
    }

    /// <summary>Makes a classifier of a network whose weights come from elsewhere.</summary>
    /// <param name="network">Copied, so that later changes do not reach the model. A loss must go with its output activation.</param>
    /// <param name="preprocessing">How raw inputs are scaled; <see cref="Preprocessing.Create"/> makes one of known numbers.</param>
    /// <param name="classNames">The name of each class; as many as the network has outputs, without repetition.</param>
    /// <param name="inputShape">Shape of one example, e.g. [28, 28]; null for a plain vector.</param>
    /// <param name="takesBytes">Whether raw inputs are bytes from 0 to 255 rather than numbers.</param>
    /// <exception cref="ArgumentException">Names or shape do not fit the network.</exception>
    public static Classifier From(
        Network network, Preprocessing preprocessing, IReadOnlyList<string> classNames, IReadOnlyList<int>? inputShape = null,
        bool takesBytes = false) => new(ModelParts.From(network, preprocessing, null, classNames, inputShape, takesBytes));

    /// <summary>Measures accuracy and loss on labelled data.</summary>
    /// <param name="data">Examples of the model's shape, with its classes.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public override ClassificationReport Evaluate(Dataset data)
    {
        Check(data);
        int correct = 0;
        double lossSum = 0;
        var targets = new TargetBuffer(data, scaling: null);
        Predictor.ForEachBatch(data.Inputs, (start, count, inference) =>
        {
            lossSum += inference.Loss(targets.Slice(start, count));
            correct += Classification.CountCorrect(inference.Activate(count), data.Classes.Labels.Slice(start, count), ClassNames.Count);
        });
        return new ClassificationReport(correct, data.Count, lossSum / data.Count);
    }

    /// <summary>Predicts the class of one example.</summary>
    /// <param name="example">Raw features, as in the training data.</param>
    /// <exception cref="ArgumentException">Their number is not the model's.</exception>
    /// <exception cref="InvalidInputException">A feature is not a number, or so large that the outputs are not numbers.</exception>
    public Prediction Predict(ReadOnlySpan<float> example) => Prediction.Create(ComputeOutputs(example), ClassNames);

    /// <summary>Predicts the class of one example.</summary>
    /// <param name="example">Raw bytes (pixels, say), as in the training data.</param>
    /// <exception cref="ArgumentException">Their number is not the model's.</exception>
    public Prediction Predict(ReadOnlySpan<byte> example) => Prediction.Create(ComputeOutputs(example), ClassNames);

    /// <summary>Predicts the class of each example; the same bits as one by one.</summary>
    /// <param name="examples">[examples, features], raw.</param>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">A feature is not a number, or so large that the outputs are not numbers.</exception>
    public IReadOnlyList<Prediction> Predict(FeatureTable examples) => new PredictionList(ComputeOutputs(examples), ClassNames);

    /// <inheritdoc/>
    public override string ToString() => $"{Network.Topology} classifier, {Preprocessing.Scaling} inputs, {ClassNames.Count} classes";

    static Classifier ITrainable<Classifier>.Begin(Dataset train, TrainingOptions options) => train.Targets is ClassTargets
        ? new Classifier(ModelParts.Begin(train, options))
        : throw new ArgumentException($"{train.Name} has values to predict, not classes.", nameof(train));
}
