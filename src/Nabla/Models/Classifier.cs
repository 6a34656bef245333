namespace Nabla;

/// <summary>
/// A trained classifier: preprocessing, network and class names, so that raw inputs go in wherever it is used. One exists only trained
/// (<see cref="Train"/>, <see cref="ClassifierTraining"/>) or loaded (<see cref="Load"/>).
/// </summary>
/// <remarks>Predictions may be asked for from one thread at a time.</remarks>
public sealed partial class Classifier
{
    // Several parts for each thread, and not so many that the activations fill the memory.
    private const int EvaluationBatch = 2048;

    // Of one layer of a batch: a model file of a few megabytes may have a layer of a million neurons.
    private const int MaxActivations = 1 << 26;

    private readonly Loss loss;
    private Inference? batches;
    private SingleInference? single;

    internal Classifier(
        Network network, Preprocessing preprocessing, IReadOnlyList<string> classNames, IReadOnlyList<int> inputShape, bool takesBytes,
        TrainingOptions options)
    {
        Network = network;
        Preprocessing = preprocessing;
        ClassNames = classNames;
        InputShape = inputShape;
        TakesBytes = takesBytes;
        Options = options;
        loss = options.Loss;
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>How inputs are scaled; fitted on the training data.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>The name of each class; output i stands for class i.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Shape of one example, e.g. [28, 28].</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>Whether it was trained on bytes (pixels from 0 to 255) rather than numbers. Data of the other kind are refused: they would be scaled wrongly.</summary>
    public bool TakesBytes { get; }

    /// <summary>What it was trained with.</summary>
    public TrainingOptions Options { get; }

    /// <summary>What whoever trained the model wants to find in it again, by name; saved with it (the columns of a table, say).</summary>
    public IDictionary<string, string> Notes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>SHA-256 of the parameters: the same after the same training, everywhere.</summary>
    public string Fingerprint => Network.Fingerprint;

    /// <summary>Trains a classifier.</summary>
    /// <param name="train">Training data; scaling is fitted on it.</param>
    /// <param name="options">How to train; null for <see cref="Presets.Default"/>.</param>
    /// <param name="validation">Data to measure accuracy on after each epoch; never learned from.</param>
    /// <param name="onEpoch">Hears of each epoch.</param>
    /// <param name="cancellation">Ends the training after the batch at hand. Use <see cref="ClassifierTraining"/> to keep what was learned.</param>
    /// <exception cref="ArgumentException">Options that do not go together, or data that do not fit each other.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static Classifier Train(
        Dataset train, TrainingOptions? options = null, Dataset? validation = null, Action<EpochReport>? onEpoch = null,
        CancellationToken cancellation = default)
    {
        var training = new ClassifierTraining(train, options ?? Presets.Default, validation);
        foreach (var epoch in training.Epochs(cancellation: cancellation))
            onEpoch?.Invoke(epoch);
        return training.Model;
    }

    /// <summary>Measures accuracy and loss on labelled data.</summary>
    /// <param name="data">Examples of the model's shape, with its classes.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public Evaluation Evaluate(Dataset data)
    {
        Check(data);
        int correct = 0;
        double lossSum = 0;
        ForEachBatch(data.Inputs, (batch, start, count, inference) =>
        {
            var labels = data.Labels.Slice(start, count);
            correct += Classification.CountCorrect(inference.Outputs(batch, labels, out double batchLoss), labels, ClassNames.Count);
            lossSum += batchLoss;
        });
        return new Evaluation(correct, data.Count, lossSum / data.Count);
    }

    /// <summary>Says which class one example belongs to.</summary>
    /// <param name="example">Raw features, as in the training data.</param>
    /// <exception cref="ArgumentException">Their number is not the model's.</exception>
    /// <exception cref="InvalidInputException">A feature is not a number, or so large that the outputs are none.</exception>
    public Prediction Predict(ReadOnlySpan<float> example)
    {
        Preprocessing.Apply(example, SingleInputs(example.Length));
        return PredictSingle();
    }

    /// <summary>Says which class one example belongs to.</summary>
    /// <param name="example">Raw bytes (pixels, say), as in the training data.</param>
    /// <exception cref="ArgumentException">Their number is not the model's.</exception>
    public Prediction Predict(ReadOnlySpan<byte> example)
    {
        Preprocessing.Apply(example, SingleInputs(example.Length));
        return PredictSingle();
    }

    /// <summary>Says which class each example belongs to; the same bits as one by one.</summary>
    /// <param name="examples">[examples, features], raw.</param>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">A feature is not a number, or so large that the outputs are none.</exception>
    public IReadOnlyList<Prediction> Predict(FeatureTable examples)
    {
        Features(examples.Columns);
        CheckKind(examples, "this table");
        int classes = ClassNames.Count;
        var scores = new float[checked(examples.Rows * classes)];
        ForEachBatch(examples, (batch, start, count, inference) =>
        {
            var outputs = inference.Outputs(batch, count);
            for (int i = 0; i < count; i++)
                CheckDefined(outputs.Slice(i * classes, classes), start + i);
            outputs.CopyTo(scores.AsSpan(start * classes));
        });
        return new PredictionList(scores, ClassNames);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Network.Topology} classifier, {OptionNames.Of(Preprocessing.Scaling)} inputs, {ClassNames.Count} classes";

    /// <summary>Checks that labelled data fit the model.</summary>
    /// <exception cref="InvalidInputException">Another number of features, or other classes.</exception>
    internal void Check(Dataset data)
    {
        if (data.Inputs.Columns != Network.Topology.Inputs(0))
        {
            throw new InvalidInputException(
                $"{data.Name} does not fit the model", "features of an example", $"the model has {Network.Topology.Inputs(0)}, the data {data.Inputs.Columns}",
                "Use data of the kind that the model was trained on.");
        }
        CheckKind(data.Inputs, data.Name);
        if (!data.ClassNames.SequenceEqual(ClassNames))
        {
            throw new InvalidInputException(
                $"{data.Name} does not fit the model", "classes",
                $"the model knows {Shorten(ClassNames)}, the data have {Shorten(data.ClassNames)}", "Use data with the labels that the model was trained on.");
        }
    }

    private void CheckKind(FeatureTable inputs, string name)
    {
        if (inputs.IsBytes != TakesBytes)
        {
            throw new InvalidInputException(
                $"{name} does not fit the model", "kind of inputs",
                $"the model was trained on {Kind(TakesBytes)}, and these are {Kind(inputs.IsBytes)}", "Store the data as those that the model was trained on.");
        }
    }

    private static string Kind(bool bytes) => bytes ? "bytes from 0 to 255" : "numbers";

    private delegate void BatchAction(BatchInputs batch, int start, int count, Inference inference);

    private void ForEachBatch(FeatureTable inputs, BatchAction action)
    {
        batches ??= new Inference(Network, loss, Math.Clamp(MaxActivations / Network.Topology.Sizes.Max(), 1, EvaluationBatch), Options.Threads);
        var batch = new BatchInputs(Preprocessing, batches.Capacity);
        for (int start = 0; start < inputs.Rows; start += batches.Capacity)
        {
            int count = Math.Min(batches.Capacity, inputs.Rows - start);
            batch.TurnTo(inputs, start, count);
            action(batch, start, count, batches);
        }
    }

    /// <param name="outputs">The network's.</param>
    /// <param name="example">Which example of several it was, counted from 0; null if there was but one.</param>
    private static void CheckDefined(ReadOnlySpan<float> outputs, int? example = null)
    {
        if (Classification.IsUndefined(outputs))
        {
            throw new InvalidInputException(
                "cannot predict a class", example is { } number ? $"example {number}" : "the example",
                "the network's outputs are not numbers, so one of the features is none, or is far too large", "Give finite features of the size of the training data.");
        }
    }

    private Span<float> SingleInputs(int given)
    {
        Features(given);
        single ??= new SingleInference(Network, loss);
        return single.Inputs;
    }

    private Prediction PredictSingle()
    {
        var outputs = single!.Outputs();
        CheckDefined(outputs);
        return Prediction.Of(outputs.ToArray(), ClassNames);
    }

    private int Features(int given) => given == Network.Topology.Inputs(0)
        ? given
        : throw new ArgumentException($"The model takes {Network.Topology.Inputs(0)} features, not {given}.");

    private static string Shorten(IReadOnlyList<string> names) =>
        names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(10))} and {names.Count - 10} more";
}
