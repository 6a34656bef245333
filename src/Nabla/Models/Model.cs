using System.Security.Cryptography;
using System.Text;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// A trained network with its preprocessing and the names of its outputs, so that it accepts raw inputs.
/// <see cref="Classifier"/> predicts classes, <see cref="Regressor"/> predicts values.
/// </summary>
/// <remarks>
/// A model may also be an ensemble, the average of several models: it has <see cref="Members"/>, and no network of its own.
/// A trained model is safe for concurrent prediction and evaluation; results have the same bits as on one thread. It is not safe while a
/// training run or <see cref="Network.EditParameters"/> changes its network, or while another thread writes <see cref="Notes"/>.
/// </remarks>
public abstract partial class Model
{
    private readonly Network? network;
    private readonly Preprocessing? preprocessing;
    private readonly TargetScaling? targetScaling;
    private readonly Predictor? predictor;

    private protected Model(ModelParts parts)
    {
        network = parts.Network;
        Topology = network.Topology;
        preprocessing = parts.Preprocessing;
        Scaling = preprocessing.Scaling;
        OutputNames = [.. parts.OutputNames];
        InputShape = [.. parts.InputShape];
        targetScaling = parts.TargetScaling;
        TakesBytes = parts.TakesBytes;
        Options = parts.Options;
        predictor = new Predictor(network, Options.Loss!.With(Topology.OutputActivation), preprocessing, Options.Threads);
    }

    /// <summary>Creates an ensemble.</summary>
    /// <exception cref="ArgumentException">There are no members, or they do not go together.</exception>
    private protected Model(IReadOnlyList<Model> members, TrainingOptions? options)
    {
        MemberCheck.Require(members);
        var first = members[0];
        Topology = first.Topology;
        Scaling = first.Scaling;
        OutputNames = first.OutputNames;
        InputShape = first.InputShape;
        TakesBytes = first.TakesBytes;
        Options = options ?? first.Options;
    }

    /// <summary>The model's task, as in files: <c>classification</c> or <c>regression</c>.</summary>
    public abstract string Task { get; }

    /// <summary>
    /// The models whose predictions are averaged, if the model is an ensemble; empty if it is a single network. Members have the same
    /// topology, outputs, kind of inputs and options, apart from the seed; each has its own parameters, preprocessing and target scaling.
    /// </summary>
    public abstract IReadOnlyList<Model> Members { get; }

    /// <summary>The layers of the network; in an ensemble, those of each member.</summary>
    public Topology Topology { get; }

    /// <summary>The network.</summary>
    /// <exception cref="InvalidOperationException">The model is an ensemble: each of its <see cref="Members"/> has a network.</exception>
    public Network Network => network ?? throw MembersHave("network");

    /// <summary>How inputs are scaled; fitted on the training data.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is an ensemble: each of its <see cref="Members"/> has its own preprocessing.
    /// </exception>
    public Preprocessing Preprocessing => preprocessing ?? throw MembersHave("preprocessing");

    /// <summary>How the values to predict are standardized for the network; null if it predicts classes.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model is an ensemble: each of its <see cref="Members"/> has its own target scaling.
    /// </exception>
    public TargetScaling? TargetScaling => network is null ? throw MembersHave("target scaling") : targetScaling;

    /// <summary>Shape of one example, e.g. [28, 28].</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>
    /// Whether the model was trained on bytes (pixels from 0 to 255) rather than numbers. Data of the other type are rejected, because they
    /// would be scaled incorrectly.
    /// </summary>
    public bool TakesBytes { get; }

    /// <summary>
    /// The options of the training run, including the loss and the output activation. Those of an ensemble have the seed from which the
    /// seeds of its members were drawn.
    /// </summary>
    public TrainingOptions Options { get; }

    /// <summary>
    /// What happened in each epoch of the training run, saved with the model. Empty for an ensemble, whose <see cref="Members"/> each have
    /// their own, and for a model whose training is not known.
    /// </summary>
    public TrainingHistory History { get; internal set; } = TrainingHistory.Empty;

    /// <summary>Additional text by name, saved with the model; for example the columns of a table.</summary>
    public IDictionary<string, string> Notes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// SHA-256 of the parameters; of an ensemble, that of the members' fingerprints, one after another in ASCII. The same training run
    /// gives the same fingerprint on every machine.
    /// </summary>
    public string Fingerprint => Members.Count == 0
        ? Network.Fingerprint
        : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(
            string.Concat(Members.Select(member => member.Fingerprint)))));

    /// <summary>
    /// Measures the model on data whose targets are known. The report keeps the outputs for all examples, as long as it is used.
    /// </summary>
    /// <remarks>The loss of an ensemble is the mean of its members' losses; all other figures are those of the averaged outputs.</remarks>
    /// <param name="data">Examples with the model's input shape and outputs.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public abstract ModelReport Evaluate(Dataset data);

    /// <summary>
    /// Measures the loss and <see cref="ModelReport.Metrics"/> alone, in memory that does not grow with the data. The report has no details
    /// (<see cref="ModelReport.HasDetails"/>).
    /// </summary>
    /// <param name="data">Examples with the model's input shape and outputs.</param>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    public ModelReport MeasureMetrics(Dataset data) => MeasureEpoch(data);

    /// <summary>
    /// The error that decides which epoch is the best, from a report of this model: the share of examples whose class is wrong, or the root
    /// of the mean squared error; with several targets, the loss.
    /// </summary>
    internal abstract double ErrorOf(ModelReport report);

    /// <summary>Measures no more than an epoch of a training run needs: <see cref="ModelReport.Metrics"/> and the loss.</summary>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    internal abstract ModelReport MeasureEpoch(Dataset data);

    /// <summary>The name of each output.</summary>
    internal IReadOnlyList<string> OutputNames { get; }

    /// <summary>How inputs are scaled, without the numbers.</summary>
    internal Scaling Scaling { get; }

    /// <summary>The parts of a single network.</summary>
    internal ModelParts Parts => new(Network, Preprocessing, TargetScaling, OutputNames, InputShape, TakesBytes, Options);

    /// <summary>Computes the outputs of a single network.</summary>
    private protected Predictor Predictor => predictor ?? throw MembersHave("predictor");

    /// <summary>What a text about an ensemble begins with: <c>average of 5, </c>.</summary>
    private protected string MembersText => Members.Count == 0 ? "" : $"average of {Members.Count}, ";

    /// <summary>What the model predicts, for messages: <c>classes</c> or <c>values</c>.</summary>
    private protected abstract string TargetSubject { get; }

    /// <summary>Checks that data fit the model.</summary>
    /// <exception cref="InvalidInputException">The number of features or the targets differ from the model's.</exception>
    internal void Check(Dataset data)
    {
        if (data.Inputs.Columns != Topology.Inputs(0))
        {
            throw new InvalidInputException(
                $"{data.Name} does not fit the model", "features of an example",
                $"the model has {Topology.Inputs(0)}, the data {data.Inputs.Columns}",
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

    /// <summary>Computes the outputs of a single network for one example of raw features.</summary>
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

    /// <summary>Computes the outputs of a single network for all rows of a table.</summary>
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
        if (given != Topology.Inputs(0))
            throw new ArgumentException($"The model takes {Topology.Inputs(0)} features, not {given}.");
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

    private InvalidOperationException MembersHave(string what) => new(
        $"This model is the average of {Members.Count} members, each of which has its own {what}: use Members.");

    private static string KindName(bool bytes) => bytes ? "bytes from 0 to 255" : "numbers";
}
