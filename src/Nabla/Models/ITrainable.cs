namespace Nabla;

/// <summary>A model that <see cref="Training{TModel}"/> can train. Implemented by this library's models only. Thread-safe.</summary>
/// <typeparam name="TSelf">The model itself.</typeparam>
public interface ITrainable<TSelf>
    where TSelf : Model, ITrainable<TSelf>
{
    /// <summary>Creates the model with which a training run starts: fits the scaling, draws initial values.</summary>
    internal static abstract TSelf Begin(Dataset train, TrainingOptions options);

    /// <summary>Creates an ensemble.</summary>
    /// <param name="members">At least one, none an ensemble itself.</param>
    /// <param name="options">The options of the ensemble, which differ from those of the members in the seed alone.</param>
    /// <exception cref="ArgumentException">The members do not go together.</exception>
    internal static abstract TSelf Average(IReadOnlyList<TSelf> members, TrainingOptions options);

    /// <summary>Measures several models on the examples of one data set, each on its own examples.</summary>
    /// <param name="data">All examples, which fit the models.</param>
    /// <param name="folds">At least one model with the numbers of its examples. Each example has one model.</param>
    /// <returns>The figures for all examples together. The loss is the mean over examples, each of its own model.</returns>
    internal static abstract ModelReport MeasureFolds(Dataset data, IReadOnlyList<(TSelf Model, int[] Rows)> folds);
}
