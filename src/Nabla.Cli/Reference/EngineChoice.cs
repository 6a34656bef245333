namespace Nabla.Cli;

/// <summary>The engines behind the names of <c>--engine</c>.</summary>
internal static class EngineChoice
{
    /// <summary>Creates an engine for a network and its training data; null for the vectorized engine.</summary>
    public static Func<TrainingStart, Dataset, ITrainingEngine>? Creator(Engine engine) =>
        engine == Engine.PerExample ? (start, data) => new PerExampleEngine(start, data) : null;
}
