namespace Nabla.Cli;

/// <summary>One prediction as it is printed.</summary>
/// <param name="Text">For people.</param>
/// <param name="AddTo">Adds its fields to a line of JSON.</param>
internal sealed record ShownPrediction(string Text, Action<JsonLine> AddTo);
