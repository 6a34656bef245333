namespace Nabla;

/// <summary>The initial state of a training run. Immutable, except for the network, which is trained.</summary>
/// <param name="Network">The network with its initial values.</param>
/// <param name="Preprocessing">The scaling of inputs, fitted to the training data.</param>
/// <param name="TargetScaling">The scaling of values to predict, fitted to the training data; null for classes.</param>
/// <param name="Options">How to train, with loss and output activation resolved.</param>
public sealed record TrainingStart(
    Network Network, Preprocessing Preprocessing, TargetScaling? TargetScaling, TrainingOptions Options)
{
    /// <summary>Checks options and data, draws initial values and fits the scaling.</summary>
    /// <exception cref="ArgumentException">The options contradict each other or do not suit the data, or there are no examples.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite.</exception>
    internal static TrainingStart Create(Dataset train, TrainingOptions options)
    {
        options.Validate();
        options = options.ResolveFor(classes: train.Targets is ClassTargets);
        options.Loss!.CheckTargets(train.Targets);
        if (train.Count == 0)
            throw new InvalidOptionException($"{train.Name} has no examples to learn from", "Give at least one.");
        if (train.Targets is ClassTargets { Width: 1, Names: [var only] })
        {
            throw new InvalidInputException(
                $"cannot train on {train.Name}", "the classes",
                $"the only class is {only}, and there is nothing to learn from a single class", "Add examples of another class.");
        }
        if (options.ClipPredictions && train.Targets is not ValueTargets)
        {
            throw new InvalidOptionException(
                $"{train.Name} has no values whose predictions could be clipped", "Clip predictions in regression only.",
                nameof(TrainingOptions.ClipPredictions));
        }
        options.Augmentation.RequireImages(train);
        train.RequireFiniteInputs();
        var topology = options.Topology(train.Inputs.Columns, train.Targets.Width);
        return new TrainingStart(
            InitialValues.Draw(topology, options.Initialization, options.Seed),
            Preprocessing.Fit(train.Inputs, options.ResolvedScaling(train.Inputs)),
            ScalingOf(train.Targets, options), options);
    }

    /// <summary>The training data with the weights of their classes, if they have any.</summary>
    /// <exception cref="InvalidOptionException">The weights do not suit the data.</exception>
    internal static Dataset WithClassWeights(Dataset train, TrainingOptions options) => options.ClassWeights?.ApplyTo(train) ?? train;

    private static TargetScaling? ScalingOf(Targets targets, TrainingOptions options)
    {
        if (targets is not ValueTargets values)
            return null;
        var scaling = options.Loss!.StandardizesTargets && options.OutputActivation!.IsUnbounded
            ? TargetScaling.Fit(values)
            : TargetScaling.None(values.Width);
        return options.ClipPredictions ? scaling.WithRangeOf(values) : scaling;
    }
}
