namespace Nabla.Studio;

/// <summary>A training run to be carried out.</summary>
/// <param name="Title">What is trained, for people.</param>
/// <param name="Load">Loads the data; called on the thread that trains.</param>
/// <param name="Options">How to train.</param>
internal sealed record RunPlan(string Title, Func<StudioData> Load, TrainingOptions Options)
{
    /// <summary>run, step or epoch.</summary>
    public string Start { get; init; } = "run";

    /// <summary>Pause after each batch in milliseconds.</summary>
    public double Pace { get; init; }

    /// <summary>Parameters to begin with, instead of random ones; null for those.</summary>
    public Network? StartFrom { get; init; }

    /// <summary>Called with the model after the last epoch.</summary>
    public Action<Model, StudioData>? Finished { get; init; }

    /// <summary>Whether the run stays for comparison with later ones.</summary>
    public bool IsKept { get; init; } = true;
}
