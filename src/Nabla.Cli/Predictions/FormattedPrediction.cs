namespace Nabla.Cli;

/// <summary>A formatted prediction.</summary>
/// <param name="Text">The prediction as text.</param>
/// <param name="AddTo">Adds its fields to a line of JSON.</param>
internal sealed record FormattedPrediction(string Text, Action<JsonLine> AddTo);
