namespace Nabla.Cli;

/// <summary>What the words of <c>nabla train</c> ask for.</summary>
/// <param name="Request">Which data.</param>
/// <param name="Validation">What to measure the model on, as the user wrote it; null for the default.</param>
/// <param name="Members">Number of members; 1 for a single network.</param>
/// <param name="Settings">Reads how to train; it may look at the data.</param>
internal sealed record RequestedRun(DataRequest Request, string? Validation, int Members, Func<TrainingSettings> Settings);
