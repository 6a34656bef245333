namespace Nabla.Cli;

/// <summary>What the user tells about a network that the file may not tell.</summary>
/// <param name="ClassNames">The names of the classes, in the order of the outputs; empty if they are not given.</param>
/// <param name="ValueNames">The names of the predicted values; empty if they are not given. One of the two lists is empty.</param>
/// <param name="Hidden">The activation of the hidden layers; null if it is not given.</param>
internal sealed record ImportSettings(IReadOnlyList<string> ClassNames, IReadOnlyList<string> ValueNames, Activation? Hidden)
{
    /// <summary>The option of <see cref="Hidden"/>.</summary>
    public const string HiddenOption = "--activation";
}
