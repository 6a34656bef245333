namespace Nabla.Cli;

/// <summary>Names of what the command line notes in a model, to find it again.</summary>
internal static class ModelNotes
{
    /// <summary>The share of the training data that was held out, as it was written: <c>0.2</c>.</summary>
    public const string HeldOut = "held-out";

    /// <summary>How a table became numbers, as JSON.</summary>
    public const string Table = "table";
}
