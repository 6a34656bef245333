using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Notes that the command line adds to a model's metadata.</summary>
internal static class ModelNotes
{
    /// <summary>The fraction of the training data that was held out, as the user wrote it: <c>0.2</c>.</summary>
    public const string HeldOut = "held-out";

    /// <summary>The encoding of the training table, as JSON.</summary>
    public const string Table = "table";

    /// <summary>The encoding of the table that a model was trained on; null if it was not trained on a table.</summary>
    public static TableEncoding? ReadTable(Model model) =>
        model.Notes.TryGetValue(Table, out string? json) ? TableEncoding.FromJson(json) : null;
}
