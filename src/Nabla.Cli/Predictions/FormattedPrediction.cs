namespace Nabla.Cli;

/// <summary>A formatted prediction.</summary>
/// <param name="Text">The prediction as text.</param>
/// <param name="AddTo">Adds its fields to a line of JSON.</param>
/// <param name="Fields">Its fields in a CSV file: the class and the scores of all classes, or the values.</param>
internal sealed record FormattedPrediction(string Text, Action<JsonLine> AddTo, Func<CsvText, IEnumerable<string>> Fields);
