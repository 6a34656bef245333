namespace Nabla.Studio;

/// <summary>A network whose mistakes can be looked at, or will be.</summary>
/// <param name="Name">Its name in requests: reader or run.</param>
/// <param name="Title">What it is, for people.</param>
internal sealed record MistakeSource(string Name, string Title)
{
    public const string Reader = "reader", Run = "run";

    /// <summary>Why its mistakes cannot be seen; null if they can, and then the rest is there.</summary>
    public string? Problem { get; init; }

    public Classifier? Model { get; init; }

    public StudioData? Data { get; init; }
}
