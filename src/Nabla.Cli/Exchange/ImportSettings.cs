namespace Nabla.Cli;

/// <summary>What the user tells about a network that the file may not tell.</summary>
/// <param name="ClassNames">The names of the classes, in the order of the outputs; empty if they are not given.</param>
/// <param name="ValueNames">The names of the predicted values; empty if they are not given. One of the two lists is empty.</param>
internal sealed record ImportSettings(IReadOnlyList<string> ClassNames, IReadOnlyList<string> ValueNames);
