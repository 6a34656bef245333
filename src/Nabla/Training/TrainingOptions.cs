namespace Nabla;

/// <summary>Everything that decides a training besides its data. The same options, data and seed give the same bits, whatever <see cref="Threads"/>.</summary>
public sealed record TrainingOptions
{
    /// <summary>Sizes of the hidden layers, from the inputs to the outputs; empty for a network without.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [512];

    /// <summary>What hidden layers apply.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>What the training makes small.</summary>
    public Loss Loss { get; init; } = Loss.CrossEntropy;

    /// <summary>What the output layer applies; null for the loss's own: softmax with cross-entropy, sigmoid with quadratic.</summary>
    public Activation? OutputActivation { get; init; }

    /// <summary>How parameters follow the gradient.</summary>
    public OptimizerOptions Optimizer { get; init; } = new AdamOptions();

    /// <summary>Examples in a batch, at least 1.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Passes over the training data, at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>L2 coefficient: the cost gains l2 / 2 times the sum of squared weights (not biases). 0 or more.</summary>
    public float L2 { get; init; }

    /// <summary>How inputs are scaled; null for unit with bytes, standardize-per-feature with numbers.</summary>
    public Scaling? Scaling { get; init; }

    /// <summary>Where weights and biases start.</summary>
    public Initialization Initialization { get; init; } = Initialization.He;

    /// <summary>Whether each epoch has its own random order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last batch that is short is left out, as the notebook does; otherwise it is used.</summary>
    public bool DropLastBatch { get; init; }

    /// <summary>Threads to share the work, 0 for one a processor. Changes the time, never the result.</summary>
    public int Threads { get; init; }

    /// <summary>Of everything random: initial values, the order of examples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The output activation that will be used.</summary>
    public Activation ResolvedOutputActivation => OutputActivation ?? OutputLoss.ActivationsFor(Loss)[0];

    /// <summary>The scaling that will be used.</summary>
    /// <param name="inputs">The training data's inputs.</param>
    public Scaling ResolvedScaling(FeatureTable inputs) => Scaling ?? (inputs.IsBytes ? Nabla.Scaling.Unit : Nabla.Scaling.StandardizePerFeature);

    /// <summary>Checks everything that can be checked without data.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or values do not go together; the message says what to use.</exception>
    public void Validate()
    {
        if (Hidden.Any(size => size < 1))
            throw new InvalidOptionException(
                $"A hidden layer has fewer than 1 neuron: [{string.Join(", ", Hidden)}]", "Use sizes of at least 1.", nameof(Hidden));
        if (Activation == Activation.Softmax)
            throw new InvalidOptionException("Softmax is for the output layer only", "Use sigmoid, tanh or relu in hidden layers.", nameof(Activation));
        _ = OutputLoss.Of(ResolvedOutputActivation, Loss);
        Optimizer.Validate();
        if (BatchSize < 1)
            throw new InvalidOptionException($"The batch size is {BatchSize}", "Use a batch size of at least 1.", nameof(BatchSize));
        if (Epochs < 1)
            throw new InvalidOptionException($"The number of epochs is {Epochs}", "Use at least 1 epoch.", nameof(Epochs));
        if (!(L2 >= 0) || !float.IsFinite(L2))
            throw new InvalidOptionException($"The L2 coefficient is {L2}", "Use 0 or a finite number above it, e.g. 0.0001.", nameof(L2));
        if (Threads < 0 || Threads > Kernels.ThreadTeam.MaximumThreads)
            throw new InvalidOptionException(
                $"The number of threads is {Threads}", $"Use 0 (one per processor) to {Kernels.ThreadTeam.MaximumThreads}.", nameof(Threads));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"hidden [{string.Join(", ", Hidden)}] {OptionNames.Of(Activation)}, {OptionNames.Of(ResolvedOutputActivation)} {OptionNames.Of(Loss)}, "
        + $"{Optimizer}, batches of {BatchSize}, {Epochs} {(Epochs == 1 ? "epoch" : "epochs")}, L2 {L2}, seed {Seed}";
}
