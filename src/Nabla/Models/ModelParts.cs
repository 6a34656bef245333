namespace Nabla;

/// <summary>What all models consist of.</summary>
/// <param name="Network">The network.</param>
/// <param name="Preprocessing">How inputs are scaled.</param>
/// <param name="OutputNames">What each output stands for.</param>
/// <param name="InputShape">Shape of one example.</param>
/// <param name="TakesBytes">Whether it is trained on bytes rather than numbers.</param>
/// <param name="Options">What it is trained with.</param>
internal sealed record ModelParts(
    Network Network, Preprocessing Preprocessing, IReadOnlyList<string> OutputNames, IReadOnlyList<int> InputShape, bool TakesBytes,
    TrainingOptions Options)
{
    /// <summary>The parts with which a training run starts.</summary>
    public static ModelParts Begin(Dataset train, TrainingOptions options)
    {
        options.Validate();
        options.Loss.CheckTargets(train.Targets);
        if (train.Count == 0)
            throw new InvalidOptionException($"{train.Name} has no examples to learn from", "Give at least one.");
        train.RequireFiniteInputs();
        var topology = options.Topology(train.Inputs.Columns, train.Targets.Width);
        return new ModelParts(
            InitialValues.Draw(topology, options.Initialization, options.Seed),
            Preprocessing.Fit(train.Inputs, options.ResolvedScaling(train.Inputs)),
            train.Targets.Names, train.InputShape, train.Inputs.IsBytes, options);
    }
}
