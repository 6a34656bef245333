using System.Globalization;

namespace Nabla;

/// <summary>
/// All settings of a training run, apart from its data. The same options and data give the same bits, with any number of
/// <see cref="Threads"/>.
/// </summary>
/// <remarks>Immutable, and so safe for concurrent use.</remarks>
public sealed record TrainingOptions
{
    /// <summary>Sizes of the hidden layers, from the inputs to the outputs; empty for a network without hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [512];

    /// <summary>The activation of the hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>
    /// Share of the neurons in each hidden layer that a step drops, drawn anew for each example: from 0 (the default) to below 1.
    /// Prediction and evaluation drop none. <see cref="Layers"/> can set a different rate for each layer.
    /// </summary>
    public float Dropout { get; init; }

    /// <summary>
    /// The hidden layers one by one; if null, <see cref="Hidden"/>, <see cref="Activation"/> and <see cref="Dropout"/> describe them.
    /// </summary>
    public IReadOnlyList<Layer>? Layers { get; init; }

    /// <summary>The function that training minimizes; null for cross-entropy with classes, quadratic with values.</summary>
    public Loss? Loss { get; init; }

    /// <summary>How much the examples of each class count in the training loss; null if all count alike.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>
    /// Whether predictions of values are limited to the range that each target has in the training data (default: false). The range is
    /// saved with the model: see <see cref="TargetScaling.Minima"/>.
    /// </summary>
    public bool ClipPredictions { get; init; }

    /// <summary>
    /// The activation of the output layer; null for the default of the loss: softmax with cross-entropy; with quadratic, sigmoid for
    /// classes and identity for values.
    /// </summary>
    public Activation? OutputActivation { get; init; }

    /// <summary>The optimizer with its options, including weight decay.</summary>
    public OptimizerOptions Optimizer { get; init; } = new AdamOptions();

    /// <summary>How the learning rate changes from step to step.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>
    /// Factors of the learning rate by the name of a parameter block, such as <c>layers.0.bias</c> (see <see cref="Topology.Blocks"/>);
    /// each 0 or more. <c>*.weight</c> and <c>*.bias</c> stand for all blocks of that kind that are not named. A block without a factor has
    /// factor 1.
    /// </summary>
    public IReadOnlyDictionary<string, float> LearningRateFactors { get; init; } = Nabla.Topology.NoFactors;

    /// <summary>
    /// Whether the weights of each layer learn at the learning rate divided by the square root of the layer's inputs, beside
    /// <see cref="LearningRateFactors"/>. With <see cref="AdamOptions"/> and <see cref="Initialization.ScaledZeroOutput"/> this is the
    /// neural tangent parametrization (Jacot, Gabriel and Hongler, 2018), apart from Adam's epsilon (default: false).
    /// </summary>
    public bool NeuralTangent { get; init; }

    /// <summary>
    /// If given, each input is multiplied by a factor that is learned, 1 at first, at this many times the learning rate; above 0. The
    /// factors are part of the first weights: the network has no layer for them (the scaling layer of Holzmüller, Grinsztajn and
    /// Steinwart, 2024). Weight decay applies to the weights without their factor, and not to the factors; the gradient
    /// with respect to the first weights is clipped. Null for no factors.
    /// </summary>
    public float? InputFactorRate { get; init; }

    /// <summary>
    /// The largest magnitude that a number of a batch's gradient may have: one beyond it is set to it, before the norm is limited and
    /// before weight decay is added. Above 0; null for no limit.
    /// </summary>
    public float? ClipValue { get; init; }

    /// <summary>
    /// The largest Euclidean norm that a batch's gradient may have: a longer one is shortened to it, before weight decay is added. Above 0;
    /// null for no limit.
    /// </summary>
    public float? ClipNorm { get; init; }

    /// <summary>Number of examples in a batch, at least 1.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>
    /// Into how many shards each batch is cut, at least 1. The gradients of shards are added by a binary tree that depends on their number
    /// alone, so that several ranks can share them (<see cref="DataParallelEngine"/>) and get the same bits as one. Another number gives
    /// other bits, as it adds in another order. The per-example engine does not use it (default: 1).
    /// </summary>
    public int Shards { get; init; } = 1;

    /// <summary>Number of passes over the training data, at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>
    /// Whether the model gets the parameters of the epoch with the best validation score: the highest accuracy, or the lowest root mean
    /// squared error (with several targets, the lowest loss); of several equal ones, the last. Needs validation
    /// data. A run that is interrupted has those of its last step (default: false, the parameters of the last epoch).
    /// </summary>
    public bool KeepBest { get; init; }

    /// <summary>
    /// After how many epochs in a row without a better validation score training ends; at least 1. The best epoch is then kept, as with
    /// <see cref="KeepBest"/>. Null to train all <see cref="Epochs"/>.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>How inputs are scaled; null for unit with bytes, standardize-per-feature with numbers.</summary>
    public Scaling? Scaling { get; init; }

    /// <summary>How images are distorted in training, each anew in each epoch; not at all by default.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>How initial weights and biases are drawn.</summary>
    public Initialization Initialization { get; init; } = Initialization.He;

    /// <summary>Whether the examples are shuffled anew in each epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// How many examples are shuffled together, at least 1; null for all. With a window, blocks of a 64th of it are shuffled first, and
    /// then the examples of each window of the result: data on disk are read nearly in sequence.
    /// </summary>
    /// <remarks>
    /// Changes the result, as another seed does. The examples of a window come from at most 66 places of the data: if neighbours are alike,
    /// as in data sorted by class, use a large window, or shuffle the file once.
    /// </remarks>
    public int? ShuffleWindow { get; init; }

    /// <summary>Whether a last batch that is smaller than the others is left out, as in the notebook.</summary>
    public bool DropLastBatch { get; init; }

    /// <summary>The most threads to use, up to one per processor; 0 for that many. Changes the time, never the result.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of everything random: initial values, the order of examples, dropout, augmentation.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether the best epoch is kept: because of <see cref="KeepBest"/>, or because there is a <see cref="Patience"/>.</summary>
    public bool KeepsBest => KeepBest || Patience is not null;

    /// <summary>The hidden layers that will be used.</summary>
    public IReadOnlyList<Layer> ResolvedLayers => Layers ?? [.. Hidden.Select(size => new Layer(size, Activation) { Dropout = Dropout })];

    /// <summary>These options with the loss and the output activation that will be used.</summary>
    /// <param name="classes">Whether the targets are classes, not values.</param>
    public TrainingOptions ResolveFor(bool classes)
    {
        var loss = Loss ?? Loss.DefaultFor(classes);
        return this with { Loss = loss, OutputActivation = OutputActivation ?? loss.DefaultOutput(classes) };
    }

    /// <summary>The scaling that will be used.</summary>
    /// <param name="inputs">The training data's inputs.</param>
    internal Scaling ResolvedScaling(FeatureTable inputs) => Scaling ?? (inputs.IsBytes ? Scaling.Unit : Scaling.StandardizePerFeature);

    /// <summary>Checks everything that can be checked without data.</summary>
    /// <exception cref="InvalidOptionException">
    /// A value is out of range, or values do not go together; the message says what to use.
    /// </exception>
    public void Validate()
    {
        if (ResolvedLayers.Any(layer => layer.Outputs < 1))
        {
            string sizes = string.Join(", ", ResolvedLayers.Select(layer => layer.Outputs));
            throw new InvalidOptionException(
                $"A hidden layer has fewer than 1 neuron: [{sizes}]", "Use sizes of at least 1.", nameof(Hidden));
        }
        Layer.RequireDropout(Dropout);
        if (Dropout != 0 && Layers is null && Hidden.Count == 0)
        {
            throw new InvalidOptionException(
                $"The dropout rate is {Dropout}, and there is no hidden layer to drop neurons from", "Use hidden layers, or a rate of 0.",
                nameof(Dropout));
        }
        // Any number of inputs and outputs will do: the layers are checked where they are described. So will the task that fits.
        var resolved = ResolveFor(classes: true);
        if (Loss is null && !resolved.Loss!.Takes(resolved.OutputActivation!))
            resolved = ResolveFor(classes: false);
        _ = resolved.Topology(1, 1);
        _ = resolved.Loss!.With(resolved.OutputActivation!);
        if (Initialization.ZeroesOutputLayer && resolved.OutputActivation == Activation.Relu)
        {
            throw new InvalidOptionException(
                $"The initialization {Initialization.Name} begins with outputs of 0, where {resolved.OutputActivation.Name} has no slope, "
                + "so that nothing would be learned",
                "Use another initialization, or another output activation.", nameof(Initialization));
        }
        foreach (var kind in (IEnumerable<Kind>)[.. ResolvedLayers.Select(layer => layer.Activation), resolved.OutputActivation!,
            resolved.Loss, Optimizer, Schedule, Initialization])
        {
            kind.Validate();
        }
        Augmentation.Validate();
        if (BatchSize < 1)
            throw new InvalidOptionException($"The batch size is {BatchSize}", "Use a batch size of at least 1.", nameof(BatchSize));
        if (Shards < 1)
            throw new InvalidOptionException($"The number of shards is {Shards}", "Use at least 1 shard.", nameof(Shards));
        if (ShuffleWindow < 1)
        {
            throw new InvalidOptionException(
                $"The shuffle window has {ShuffleWindow} rows", "Use at least 1 row, or null to shuffle all together.",
                nameof(ShuffleWindow));
        }
        if (Epochs < 1)
            throw new InvalidOptionException($"The number of epochs is {Epochs}", "Use at least 1 epoch.", nameof(Epochs));
        if (Patience < 1)
            throw new InvalidOptionException($"The patience is {Patience} epochs", "Use at least 1 epoch, or null.", nameof(Patience));
        if (InputFactorRate is { } rate && (!(rate > 0) || !float.IsFinite(rate)))
        {
            throw new InvalidOptionException(
                $"The learning rate of input factors is multiplied by {rate}", "Use a finite number above 0, e.g. 6.",
                nameof(InputFactorRate));
        }
        RequireLimit(ClipValue, "The largest magnitude in a gradient", nameof(ClipValue));
        RequireLimit(ClipNorm, "The largest norm of a gradient", nameof(ClipNorm));
        if (Threads < 0 || Threads > Kernels.ThreadTeam.MaximumThreads)
        {
            throw new InvalidOptionException(
                $"The number of threads is {Threads}", $"Use 0 (one per processor) to {Kernels.ThreadTeam.MaximumThreads}.",
                nameof(Threads));
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string[] parts =
        [
            $"hidden [{string.Join(", ", ResolvedLayers)}]", string.Join(' ', new Kind?[] { OutputActivation, Loss }.OfType<Kind>()),
            ClassWeights is null ? "" : $"class weights {ClassWeights}", ClipPredictions ? "clipped predictions" : "",
            $"{Optimizer}", Schedule == Schedule.Constant ? "" : $"{Schedule} schedule",
            ClipValue is { } value ? Limit("clip-value", value) : "", ClipNorm is { } norm ? Limit("clip-norm", norm) : "",
            NeuralTangent ? "neural tangent" : "", InputFactorRate is { } rate ? Limit("input-factor-rate", rate) : "",
            Augmentation.IsNone ? "" : $"augmentation ({Augmentation})",
            $"batches of {BatchSize}", ShuffleWindow is { } window ? $"shuffled within {window}" : "",
            $"{Epochs} {(Epochs == 1 ? "epoch" : "epochs")}",
            Patience is { } patience ? $"patience {patience}" : "", KeepsBest ? "best epoch kept" : "", $"seed {Seed}",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));

        static string Limit(string name, float limit) => string.Create(CultureInfo.InvariantCulture, $"{name} {limit}");
    }

    /// <summary>Whether the result of training depends on the validation data.</summary>
    internal bool UsesValidation => KeepsBest || Schedule.UsesLoss;

    /// <summary>The topology for a number of inputs and outputs. The output activation must be resolved.</summary>
    internal Topology Topology(int inputs, int outputs) =>
        new(inputs, [.. ResolvedLayers, new Layer(outputs, OutputActivation!)], LearningRateFactors, NeuralTangent);

    private static void RequireLimit(float? limit, string what, string option)
    {
        if (limit is { } value && (!(value > 0) || !float.IsFinite(value)))
            throw new InvalidOptionException($"{what} is {value}", "Use a finite number above 0.", option);
    }
}
