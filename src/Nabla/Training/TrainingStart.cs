namespace Nabla;

/// <summary>What a training run starts from.</summary>
/// <param name="Network">With its initial values.</param>
/// <param name="Preprocessing">Fitted to the training data.</param>
internal sealed record TrainingStart(Network Network, Preprocessing Preprocessing)
{
    /// <summary>Checks options and data, draws initial values and fits the scaling.</summary>
    /// <exception cref="ArgumentException">Options that do not go together or with the data, or no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite.</exception>
    public static TrainingStart Create(Dataset train, TrainingOptions options)
    {
        options.Validate();
        options.Loss.CheckTargets(train.Targets is ClassTargets);
        if (train.Count == 0)
            throw new InvalidOptionException($"{train.Name} has no examples to learn from", "Give at least one.");
        train.RequireFiniteInputs();
        var topology = options.Topology(train.Inputs.Columns, train.Targets.Width);
        return new TrainingStart(
            InitialValues.Draw(topology, options.Initialization, options.Seed),
            Preprocessing.Fit(train.Inputs, options.ResolvedScaling(train.Inputs)));
    }
}
