namespace Nabla.Studio;

/// <summary>What the command line tells the studio.</summary>
internal sealed record StudioSettings
{
    /// <summary>The port to listen to; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The model that reads drawings; null to train one.</summary>
    public Model? Model { get; init; }

    /// <summary>The name of the model's file.</summary>
    public string ModelName { get; init; } = "";

    /// <summary>Data named on the command line; null if there are none.</summary>
    public GivenData? Data { get; init; }

    /// <summary>Where MNIST may be.</summary>
    public required MnistOptions Mnist { get; init; }

    /// <summary>Reads training options as <c>nabla train</c> does: the command line is the only place that knows their names.</summary>
    /// <remarks>It throws <see cref="InvalidOptionException"/> if they cannot be used.</remarks>
    public required Func<IReadOnlyList<string>, Preset> ParseOptions { get; init; }

    /// <summary>Writes a line to the terminal.</summary>
    public required Action<string> Inform { get; init; }
}
