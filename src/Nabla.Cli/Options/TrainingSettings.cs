namespace Nabla.Cli;

/// <summary>Training options and the engine. The task is known only when the data are loaded, so there are options for each.</summary>
/// <param name="Preset">The library's options for each task.</param>
/// <param name="Engine">The engine that computes gradients.</param>
internal sealed record TrainingSettings(Preset Preset, Engine Engine)
{
    /// <summary>The options for classes. Those for values may differ in the loss, the activation, and how fast they are learned.</summary>
    public TrainingOptions Options => Preset.ForClasses;

    /// <summary>The settings of a preset. Exercise 1 uses the per-example engine.</summary>
    public static TrainingSettings FromPreset(string name) =>
        new(Presets.All[name], name == "exercise-1" ? Engine.PerExample : Engine.Vectorized);

    /// <summary>The settings with changed options.</summary>
    public TrainingSettings With(Func<TrainingOptions, TrainingOptions> change) => this with { Preset = Preset.With(change) };
}
