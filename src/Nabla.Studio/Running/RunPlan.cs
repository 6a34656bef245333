namespace Nabla.Studio;

/// <summary>A training run to be carried out.</summary>
/// <param name="Title">What is trained, for people.</param>
/// <param name="Load">Loads the data; called on the thread that trains.</param>
/// <param name="Options">How to train.</param>
internal sealed record RunPlan(string Title, Func<StudioData> Load, TrainingOptions Options)
{
    /// <summary>What the page asked for; null for a run that options alone do not describe.</summary>
    public RunRequest? Request { get; init; }

    /// <summary>The number of the lesson that the run belongs to; 0 for none.</summary>
    public int Lesson { get; init; }

    /// <summary>What was chosen in the lesson, by the names of its controls.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();

    /// <summary>run, step or epoch.</summary>
    public string Start { get; init; } = "run";

    /// <summary>Pause after each batch in milliseconds.</summary>
    public double Pace { get; init; }

    /// <summary>Parameters to begin with, instead of random ones; null for those.</summary>
    public Network? StartFrom { get; init; }

    /// <summary>Copies the parameters to begin with, if there are any.</summary>
    /// <exception cref="InvalidInputException">They belong to another network.</exception>
    public void CopyStartTo(Network network)
    {
        if (StartFrom is null)
            return;
        if (!Layers(StartFrom).SequenceEqual(Layers(network)))
        {
            throw new InvalidInputException(
                "cannot continue to train", "the network", $"it is {StartFrom.Topology}, and the data need {network.Topology}",
                "Use the data that it was trained on.");
        }
        StartFrom.Parameters.CopyTo(network.EditParameters());

        static IEnumerable<string> Layers(Network network) =>
            network.Topology.Layers.Select(layer => $"{layer.Outputs} {layer.Activation}").Prepend($"{network.Topology.Sizes[0]}");
    }

    /// <summary>Called with the model after the last epoch, before the run is shown as finished.</summary>
    public Action<Model, StudioData>? Finished { get; init; }

    /// <summary>Called with the reason if the run is stopped or fails, before this is shown.</summary>
    public Action<string>? BrokenOff { get; init; }

    /// <summary>Whether the run stays for comparison with later ones.</summary>
    public bool IsKept { get; init; } = true;
}
