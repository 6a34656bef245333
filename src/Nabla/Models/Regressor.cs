namespace Nabla;

/// <summary>
/// A trained regressor: predicts one or several values for each example. The network learns standardized targets; predictions have the
/// units of the training data.
/// </summary>
/// <remarks>Safe for concurrent prediction and evaluation; see <see cref="Model"/>.</remarks>
public sealed partial class Regressor : Model, ITrainable<Regressor>
{
    internal const string TaskName = "regression";

    internal Regressor(ModelParts parts)
        : base(parts) => Members = [];

    private Regressor(IReadOnlyList<Regressor> members, TrainingOptions? options)
        : base(members, options) => Members = [.. members];

    /// <inheritdoc/>
    public override string Task => TaskName;

    /// <summary>The name of each predicted value, in the order of the outputs.</summary>
    public IReadOnlyList<string> TargetNames => OutputNames;

    /// <inheritdoc/>
    public override IReadOnlyList<Regressor> Members { get; }

    // Several targets can have different units. The loss is that of standardized targets.
    internal override double ErrorOf(ModelReport report) =>
        TargetNames.Count == 1 ? ((RegressionReport)report).RootMeanSquaredError : report.Loss;

    private protected override string TargetSubject => "values";

    /// <summary>Trains a regressor.</summary>
    /// <param name="train">Training data whose targets are values; the scaling of inputs and targets is fitted on it.</param>
    /// <param name="options">How to train; null for <see cref="Presets.Default"/>.</param>
    /// <param name="validation">
    /// Data on which the error is measured after each epoch; not used for training. Needed if <see cref="TrainingOptions.KeepsBest"/>.
    /// </param>
    /// <param name="onEpoch">Called after each epoch.</param>
    /// <param name="cancellationToken">
    /// Ends training after the current batch. Use <see cref="Training{TModel}"/> to keep what was learned.
    /// </param>
    /// <exception cref="ArgumentException">The options contradict each other, or the data do not match.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite, or the validation data do not fit.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static Regressor Train(
        Dataset train, TrainingOptions? options = null, Dataset? validation = null, Action<EpochReport>? onEpoch = null,
        CancellationToken cancellationToken = default)
    {
        var training = new Training<Regressor>(train, options ?? Presets.Default, validation);
        training.Run(onEpoch, cancellationToken);
        return training.Model;
    }

    /// <summary>Creates a regressor from a network that was trained elsewhere.</summary>
    /// <param name="network">Copied, so later changes do not affect the model.</param>
    /// <param name="preprocessing">How raw inputs are scaled; <see cref="Preprocessing.Create"/> creates one from known numbers.</param>
    /// <param name="targetNames">The name of each output, all different.</param>
    /// <param name="targetScaling">How targets are standardized; null if the outputs are the values themselves.</param>
    /// <param name="inputShape">Shape of one example, e.g. [28, 28]; null for a plain vector.</param>
    /// <param name="takesBytes">Whether raw inputs are bytes from 0 to 255 rather than numbers.</param>
    /// <exception cref="ArgumentException">The names, the scaling or the shape do not fit the network.</exception>
    public static Regressor From(
        Network network, Preprocessing preprocessing, IReadOnlyList<string> targetNames, TargetScaling? targetScaling = null,
        IReadOnlyList<int>? inputShape = null, bool takesBytes = false) => new(ModelParts.From(
            network, preprocessing, targetScaling ?? TargetScaling.None(network.Topology.Sizes[^1]), targetNames, inputShape, takesBytes));

    /// <summary>
    /// Measures the model on data whose values are known. The report keeps the predictions for all examples, as long as it is used.
    /// </summary>
    /// <param name="data">Examples with the model's input shape and targets.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public override RegressionReport Evaluate(Dataset data) => Measure(data, keepsPredictions: true);

    /// <inheritdoc/>
    internal override RegressionReport MeasureEpoch(Dataset data) => Measure(data, keepsPredictions: false);

    /// <summary>Predicts the values of one example.</summary>
    /// <param name="example">Raw features, as in the training data.</param>
    /// <returns>[targets], in the units of the training data.</returns>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">
    /// A feature is NaN or infinite, or so large that an output is NaN, or the model was trained on bytes.
    /// </exception>
    public double[] Predict(ReadOnlySpan<float> example) =>
        Values(example, static (model, features) => model.ScaleBack(model.ComputeOutputs(features)));

    /// <summary>Predicts the values of one example. Large numbers that differ little, such as times, keep their differences.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})" path="/param"/>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})" path="/exception"/>
    public double[] Predict(ReadOnlySpan<double> example) =>
        Values(example, static (model, features) => model.ScaleBack(model.ComputeOutputs(features)));

    /// <summary>Predicts the values of one example.</summary>
    /// <param name="example">Raw bytes, such as pixels, as in the training data.</param>
    /// <returns>[targets], in the units of the training data.</returns>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    public double[] Predict(ReadOnlySpan<byte> example) =>
        Values(example, static (model, features) => model.ScaleBack(model.ComputeOutputs(features)));

    /// <summary>Predicts the values of each example, with the same bits as one by one.</summary>
    /// <param name="examples">[examples, features], raw.</param>
    /// <returns>[targets] for each example, in the units of the training data.</returns>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">
    /// A feature is NaN or infinite, or so large that an output is NaN, or the model was trained on inputs of the other type.
    /// </exception>
    public IReadOnlyList<double[]> Predict(FeatureTable examples) => [.. Values(examples).Chunk(TargetNames.Count)];

    /// <inheritdoc/>
    public override string ToString() => $"{MembersText}{Topology} regressor, {Scaling} inputs, {string.Join(", ", TargetNames)}";

    private RegressionReport Measure(Dataset data, bool keepsPredictions)
    {
        Check(data);
        var errors = new RegressionErrors(data.Values);
        var details = keepsPredictions ? new RegressionDetails(data.Values, errors) : null;
        double lossSum = Measure(data, predictions =>
        {
            errors.Add(predictions);
            details?.Add(predictions);
        });
        return errors.Report(lossSum / data.Count, details);
    }

    /// <param name="data">Data that fit the model.</param>
    /// <param name="measure">Called with the predictions of consecutive examples, [examples, targets].</param>
    /// <returns>The sum of the losses.</returns>
    private double Measure(Dataset data, Action<double[]> measure)
    {
        if (Members.Count > 0)
            return MeasureMembers(data, measure);
        double lossSum = 0;
        var targets = new TargetBuffer(data, TargetScaling);
        Predictor.ForEachBatch(data.Inputs, (start, count, inference) =>
        {
            lossSum += inference.Loss(targets.Slice(start, count));
            measure(ScaleBack(inference.Activate(count)));
        });
        return lossSum;
    }

    private double[] ScaleBack(ReadOnlySpan<float> outputs)
    {
        var values = new double[outputs.Length];
        TargetScaling!.Undo(outputs, values);
        return values;
    }

    static Regressor ITrainable<Regressor>.Begin(Dataset train, TrainingOptions options) => train.Targets is ValueTargets
        ? new Regressor(ModelParts.Begin(train, options))
        : throw new ArgumentException($"{train.Name} has classes to predict, not values.", nameof(train));
}
