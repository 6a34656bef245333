using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// A trained network with its preprocessing and the names of its outputs, so that it accepts raw inputs.
/// <see cref="Classifier"/> predicts classes, <see cref="Regressor"/> predicts values.
/// </summary>
/// <remarks>
/// A trained model is safe for concurrent prediction and evaluation; results have the same bits as on one thread. It is not safe while a
/// training run or <see cref="Network.EditParameters"/> changes its network, or while another thread writes <see cref="Notes"/>.
/// </remarks>
public abstract partial class Model
{
    private protected Model(ModelParts parts)
    {
        Network = parts.Network;
        Preprocessing = parts.Preprocessing;
        OutputNames = [.. parts.OutputNames];
        InputShape = [.. parts.InputShape];
        TargetScaling = parts.TargetScaling;
        TakesBytes = parts.TakesBytes;
        Options = parts.Options;
        Predictor = new Predictor(Network, Options.Loss!.With(Network.Topology.OutputActivation), Preprocessing, Options.Threads);
    }

    /// <summary>The model's task, as in files: <c>classification</c> or <c>regression</c>.</summary>
    public abstract string Task { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>How inputs are scaled; fitted on the training data.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>How the values to predict are standardized for the network; null if it predicts classes.</summary>
    public TargetScaling? TargetScaling { get; }

    /// <summary>Shape of one example, e.g. [28, 28].</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>
    /// Whether the model was trained on bytes (pixels from 0 to 255) rather than numbers. Data of the other type are rejected, because they
    /// would be scaled incorrectly.
    /// </summary>
    public bool TakesBytes { get; }

    /// <summary>The options of the training run, including the loss and the output activation.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Additional text by name, saved with the model; for example the columns of a table.</summary>
    public IDictionary<string, string> Notes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>SHA-256 of the parameters. The same training run gives the same fingerprint on every machine.</summary>
    public string Fingerprint => Network.Fingerprint;

    /// <summary>
    /// Measures the model on data whose targets are known. The report keeps the outputs for all examples, as long as it is used.
    /// </summary>
    /// <param name="data">Examples with the model's input shape and outputs.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public abstract ModelReport Evaluate(Dataset data);

    /// <summary>
    /// The error that decides which epoch is the best, from a report of this model: the share of examples whose class is wrong, or the root
    /// of the mean squared error.
    /// </summary>
    internal abstract double ErrorOf(ModelReport report);

    /// <summary>Measures no more than an epoch of a training run needs: <see cref="ModelReport.Metrics"/> and the loss.</summary>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    internal abstract ModelReport MeasureEpoch(Dataset data);

    /// <summary>The name of each output.</summary>
    internal IReadOnlyList<string> OutputNames { get; }

    /// <summary>Computes the outputs.</summary>
    private protected Predictor Predictor { get; }

    /// <summary>What the model predicts, for messages: <c>classes</c> or <c>values</c>.</summary>
    private protected abstract string TargetSubject { get; }

    /// <summary>Checks that data fit the model.</summary>
    /// <exception cref="InvalidInputException">The number of features or the targets differ from the model's.</exception>
    internal void Check(Dataset data)
    {
        if (data.Inputs.Columns != Network.Topology.Inputs(0))
        {
            throw new InvalidInputException(
                $"{data.Name} does not fit the model", "features of an example",
                $"the model has {Network.Topology.Inputs(0)}, the data {data.Inputs.Columns}",
                "Use data of the same kind as the training data.");
        }
        CheckKind(data.Inputs.IsBytes, data.Name);
        if (data.Targets.Subject != TargetSubject || !data.Targets.Names.SequenceEqual(OutputNames))
        {
            throw new InvalidInputException(
                $"{data.Name} does not fit the model", TargetSubject,
                $"the model has the {TargetSubject} {Targets.Shorten(OutputNames)}, "
                    + $"the data have the {data.Targets.Subject} {Targets.Shorten(data.Targets.Names)}",
                $"Use data with the {TargetSubject} of the training data.");
        }
        Options.Loss?.CheckTargets(data.Targets);
    }

    /// <summary>Checks that a table can be predicted.</summary>
    /// <exception cref="ArgumentException">The number of features is not the model's.</exception>
    /// <exception cref="InvalidInputException">Bytes where numbers are needed, or the reverse.</exception>
    private void CheckTable(FeatureTable examples)
    {
        CheckFeatures(examples.Columns);
        CheckKind(examples.IsBytes, "this table");
    }

    /// <summary>Computes the outputs for one example of raw features.</summary>
    /// <returns>[outputs].</returns>
    private protected float[] ComputeOutputs(ReadOnlySpan<float> example)
    {
        var scratch = BeginSingle(example.Length, areBytes: false);
        Preprocessing.Apply(example, scratch.Inputs);
        return FinishSingle(scratch);
    }

    /// <inheritdoc cref="ComputeOutputs(ReadOnlySpan{float})"/>
    private protected float[] ComputeOutputs(ReadOnlySpan<double> example)
    {
        var scratch = BeginSingle(example.Length, areBytes: false);
        Preprocessing.Apply(example, scratch.Inputs);
        return FinishSingle(scratch);
    }

    /// <inheritdoc cref="ComputeOutputs(ReadOnlySpan{float})"/>
    private protected float[] ComputeOutputs(ReadOnlySpan<byte> example)
    {
        var scratch = BeginSingle(example.Length, areBytes: true);
        Preprocessing.Apply(example, scratch.Inputs);
        return FinishSingle(scratch);
    }

    /// <summary>Computes the network's outputs for all rows of a table.</summary>
    /// <returns>[examples, outputs], with the same bits as one by one.</returns>
    private protected float[] ComputeOutputs(FeatureTable examples)
    {
        CheckTable(examples);
        int width = OutputNames.Count;
        var outputs = new float[BufferSize.Elements("the outputs", sizeof(float), examples.Rows, width)];
        Predictor.ForEachBatch(examples, (start, count, inference) =>
        {
            var batch = inference.Activate(count);
            for (int i = 0; i < count; i++)
                RequireNumbers(batch.Slice(i * width, width), start + i);
            batch.CopyTo(outputs.AsSpan(start * width));
        });
        return outputs;
    }

    /// <param name="outputs">The network's outputs for one example.</param>
    /// <param name="example">Number of the example, counted from 0; null if there is only one.</param>
    /// <exception cref="InvalidInputException">An output is NaN.</exception>
    private static void RequireNumbers(ReadOnlySpan<float> outputs, int? example = null)
    {
        if (outputs.ContainsAnyExceptInRange(float.NegativeInfinity, float.PositiveInfinity))
        {
            throw new InvalidInputException(
                "cannot predict", example is { } number ? $"example {number}" : "the example",
                "an output of the network is NaN, because a feature is NaN, infinite or far too large",
                "Use finite features with the magnitude of the training data.");
        }
    }

    private SingleInference.Scratch BeginSingle(int features, bool areBytes)
    {
        CheckFeatures(features);
        CheckKind(areBytes, "the example");
        return Predictor.Single.Rent();
    }

    private float[] FinishSingle(SingleInference.Scratch scratch)
    {
        var outputs = Predictor.Single.Outputs(scratch).ToArray();
        Predictor.Single.Return(scratch);
        RequireNumbers(outputs);
        return outputs;
    }

    private void CheckFeatures(int given)
    {
        if (given != Network.Topology.Inputs(0))
            throw new ArgumentException($"The model takes {Network.Topology.Inputs(0)} features, not {given}.");
    }

    private void CheckKind(bool areBytes, string name)
    {
        if (areBytes != TakesBytes)
        {
            throw new InvalidInputException(
                $"{name} does not fit the model", "kind of inputs",
                $"the model was trained on {KindName(TakesBytes)}, and these are {KindName(areBytes)}",
                "Use data of the same type as the training data.");
        }
    }

    private static string KindName(bool bytes) => bytes ? "bytes from 0 to 255" : "numbers";
}
