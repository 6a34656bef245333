namespace Nabla.Cli;

/// <summary>Training options and the engine.</summary>
/// <param name="Options">The library's options.</param>
/// <param name="Engine">The engine that computes gradients.</param>
internal sealed record TrainingSettings(TrainingOptions Options, Engine Engine)
{
    /// <summary>The settings of a preset. Exercise 1 uses the per-example engine.</summary>
    public static TrainingSettings FromPreset(string name) =>
        new(Presets.All[name], name == "exercise-1" ? Engine.PerExample : Engine.Vectorized);

    /// <summary>The settings with changed options.</summary>
    public TrainingSettings With(Func<TrainingOptions, TrainingOptions> change) => this with { Options = change(Options) };
}
