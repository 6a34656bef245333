namespace Nabla;

/// <summary>
/// A trained classifier: preprocessing, network and class names. Train one with <see cref="Train"/> or <see cref="Training{TModel}"/>, load
/// one with <see cref="Load"/>, or create one from a network that was trained elsewhere with <see cref="From"/>.
/// </summary>
/// <remarks>Safe for concurrent prediction and evaluation; see <see cref="Model"/>.</remarks>
public sealed partial class Classifier : Model, ITrainable<Classifier>
{
    internal const string TaskName = "classification";

    internal Classifier(ModelParts parts)
        : base(parts) => Members = [];

    private Classifier(IReadOnlyList<Classifier> members, TrainingOptions? options)
        : base(members, options) => Members = [.. members];

    /// <inheritdoc/>
    public override string Task => TaskName;

    /// <summary>The name of each class; output i belongs to class i.</summary>
    public IReadOnlyList<string> ClassNames => OutputNames;

    /// <inheritdoc/>
    public override IReadOnlyList<Classifier> Members { get; }

    internal override double ErrorOf(ModelReport report) => 1 - ((ClassificationReport)report).Accuracy;

    private protected override string TargetSubject => "classes";

    /// <summary>Trains a classifier.</summary>
    /// <param name="train">Training data whose targets are classes. The scaling is fitted on it.</param>
    /// <param name="options">How to train; null for <see cref="Presets.Default"/>.</param>
    /// <param name="validation">
    /// Data on which accuracy is measured after each epoch; not used for training. Needed if <see cref="TrainingOptions.KeepsBest"/>.
    /// </param>
    /// <param name="onEpoch">Called after each epoch.</param>
    /// <param name="cancellationToken">
    /// Ends training after the current batch. Use <see cref="Training{TModel}"/> to keep what was learned.
    /// </param>
    /// <exception cref="ArgumentException">The options contradict each other, or the data do not match.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Classifier Train(
        Dataset train, TrainingOptions? options = null, Dataset? validation = null, Action<EpochReport>? onEpoch = null,
        CancellationToken cancellationToken = default)
    {
        var training = new Training<Classifier>(train, options ?? Presets.Default, validation);
        training.Run(onEpoch, cancellationToken);
        return training.Model;
    }

    /// <summary>Creates a classifier from a network that was trained elsewhere.</summary>
    /// <param name="network">Copied, so later changes do not affect the model. There must be a loss for its output activation.</param>
    /// <param name="preprocessing">How raw inputs are scaled; <see cref="Preprocessing.Create"/> creates one from known numbers.</param>
    /// <param name="classNames">The name of each class: one for each output of the network, all different.</param>
    /// <param name="inputShape">Shape of one example, e.g. [28, 28]; null for a plain vector.</param>
    /// <param name="takesBytes">Whether raw inputs are bytes from 0 to 255 rather than numbers.</param>
    /// <exception cref="ArgumentException">The names or the shape do not fit the network.</exception>
    public static Classifier From(
        Network network, Preprocessing preprocessing, IReadOnlyList<string> classNames, IReadOnlyList<int>? inputShape = null,
        bool takesBytes = false) => new(ModelParts.From(network, preprocessing, null, classNames, inputShape, takesBytes));

    /// <summary>Measures the model on labelled data. The report keeps the outputs for all examples, as long as it is used.</summary>
    /// <param name="data">Examples with the model's input shape and classes.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public override ClassificationReport Evaluate(Dataset data)
    {
        Check(data);
        var scores = new ClassScores(data.Classes, Topology.OutputActivation);
        double lossSum = Measure(data, (_, outputs) => scores.Add(outputs));
        return scores.Report(lossSum / data.Count);
    }

    /// <inheritdoc/>
    internal override ClassificationReport MeasureEpoch(Dataset data)
    {
        Check(data);
        int correct = 0;
        double lossSum = Measure(data, (labels, outputs) => correct += Classification.CountCorrect(outputs, labels, ClassNames.Count));
        return new ClassificationReport(correct, data.Count, lossSum / data.Count);
    }

    /// <summary>Predicts the class of one example.</summary>
    /// <param name="example">Raw features, as in the training data.</param>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">
    /// A feature is NaN or infinite, or so large that an output is NaN, or the model was trained on bytes.
    /// </exception>
    public Prediction Predict(ReadOnlySpan<float> example) =>
        Prediction.Create(Outputs(example, static (model, features) => model.ComputeOutputs(features)), ClassNames);

    /// <summary>Predicts the class of one example. Large numbers that differ little, such as times, keep their differences.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})" path="/param"/>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})" path="/exception"/>
    public Prediction Predict(ReadOnlySpan<double> example) =>
        Prediction.Create(Outputs(example, static (model, features) => model.ComputeOutputs(features)), ClassNames);

    /// <summary>Predicts the class of one example.</summary>
    /// <param name="example">Raw bytes, such as pixels, as in the training data.</param>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">The model was not trained on bytes.</exception>
    public Prediction Predict(ReadOnlySpan<byte> example) =>
        Prediction.Create(Outputs(example, static (model, features) => model.ComputeOutputs(features)), ClassNames);

    /// <summary>Predicts the class of each example, with the same bits as one by one.</summary>
    /// <param name="examples">[examples, features], raw.</param>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">
    /// A feature is NaN or infinite, or so large that an output is NaN, or the model was trained on inputs of the other type.
    /// </exception>
    public IReadOnlyList<Prediction> Predict(FeatureTable examples) => new PredictionList(Outputs(examples), ClassNames);

    /// <inheritdoc/>
    public override string ToString() => $"{MembersText}{Topology} classifier, {Scaling} inputs, {ClassNames.Count} classes";

    private delegate void BatchMeasure(ReadOnlySpan<int> labels, ReadOnlySpan<float> outputs);

    /// <returns>The sum of the losses.</returns>
    private double Measure(Dataset data, BatchMeasure measure)
    {
        if (Members.Count > 0)
            return MeasureMembers(data, measure);
        double lossSum = 0;
        var targets = new TargetBuffer(data, scaling: null);
        Predictor.ForEachBatch(data.Inputs, (start, count, inference) =>
        {
            var batch = targets.Slice(start, count);
            lossSum += inference.Loss(batch);
            measure(batch.Labels, inference.Activate(count));
        });
        return lossSum;
    }

    static Classifier ITrainable<Classifier>.Begin(Dataset train, TrainingOptions options) => train.Targets is ClassTargets
        ? new Classifier(ModelParts.Begin(train, options))
        : throw new ArgumentException($"{train.Name} has values to predict, not classes.", nameof(train));
}
