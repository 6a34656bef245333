namespace Nabla;

/// <summary>
/// The vectorized engine on several ranks: processes, on one machine or several, that hold the same network, share the shards of each
/// batch, and make the same steps.
/// </summary>
/// <remarks>
/// <see cref="TrainingOptions.Shards"/> decides the bits; the number of ranks, and of the threads of each, changes the time alone. Each
/// rank begins the same training run with the same data and options.
/// </remarks>
public static class DataParallelEngine
{
    /// <summary>Creates the engine, for the parameter <c>createEngine</c> of a training run.</summary>
    /// <param name="ranks">This rank's communicator.</param>
    /// <example><code>var training = Training.Begin(data, options, createEngine: DataParallelEngine.On(ranks));</code></example>
    public static Func<TrainingStart, Dataset, ITrainingEngine> On(ICommunicator ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return (start, data) => new VectorizedEngine(start, data, ranks);
    }
}
