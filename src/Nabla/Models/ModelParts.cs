namespace Nabla;

/// <summary>The parts of a model.</summary>
/// <param name="Network">The network.</param>
/// <param name="Preprocessing">How inputs are scaled.</param>
/// <param name="TargetScaling">How values to predict are standardized; null for classes.</param>
/// <param name="OutputNames">The name of each output.</param>
/// <param name="InputShape">Shape of one example.</param>
/// <param name="TakesBytes">Whether the model is trained on bytes rather than numbers.</param>
/// <param name="Options">The options of the training run, with loss and output activation.</param>
internal sealed record ModelParts(
    Network Network, Preprocessing Preprocessing, TargetScaling? TargetScaling, IReadOnlyList<string> OutputNames,
    IReadOnlyList<int> InputShape, bool TakesBytes, TrainingOptions Options)
{
    /// <summary>The parts with which a training run starts.</summary>
    public static ModelParts Begin(Dataset train, TrainingOptions options)
    {
        var start = TrainingStart.Create(train, options);
        return new ModelParts(
            start.Network, start.Preprocessing, start.TargetScaling, train.Targets.Names, train.InputShape, train.Inputs.IsBytes,
            start.Options);
    }

    /// <summary>The parts of a model whose network was trained elsewhere. Later changes of the network do not affect them.</summary>
    /// <exception cref="ArgumentException">The names or the shape do not fit the network.</exception>
    public static ModelParts From(
        Network network, Preprocessing preprocessing, TargetScaling? targetScaling, IReadOnlyList<string> names,
        IReadOnlyList<int>? inputShape, bool takesBytes)
    {
        var topology = network.Topology;
        inputShape ??= [topology.Inputs(0)];
        if (names.Count != topology.Sizes[^1] || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException($"The network has {topology.Sizes[^1]} outputs, and needs a different name for each.");
        if (targetScaling is not null && targetScaling.Count != names.Count)
            throw new ArgumentException($"The scaling is for {targetScaling.Count} targets, but the network has {names.Count} outputs.");
        if (ArrayShape.CountOf([.. inputShape]) != topology.Inputs(0))
        {
            throw new ArgumentException(
                $"An example of shape [{string.Join(", ", inputShape)}] does not have {topology.Inputs(0)} features.");
        }
        if (!preprocessing.Fits(topology.Inputs(0)))
            throw new ArgumentException($"The preprocessing is not for {topology.Inputs(0)} features.");
        var options = new TrainingOptions
        {
            Layers = [.. topology.Layers.SkipLast(1)],
            Hidden = [.. topology.Sizes.Skip(1).SkipLast(1)],
            OutputActivation = topology.OutputActivation,
            Loss = LossFor(topology.OutputActivation, classes: targetScaling is null),
            Scaling = preprocessing.Scaling,
        };
        var copy = new Network(topology);
        network.Parameters.CopyTo(copy.BeginUpdate());
        return new ModelParts(copy, preprocessing, targetScaling, names, inputShape, takesBytes, options);
    }

    // For classes, cross-entropy says more than a distance of outputs.
    private static Loss LossFor(Activation output, bool classes) => classes
        ? Loss.All.Last(loss => loss.TakesClasses && loss.Takes(output))
        : Loss.All.First(loss => loss.TakesValues && loss.Takes(output));
}
