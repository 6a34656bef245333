using System.Globalization;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Notes that the command line adds to a model's metadata.</summary>
internal static class ModelNotes
{
    /// <summary>The fraction of the training data that was held out, as the user wrote it: <c>0.2</c>.</summary>
    public const string HeldOut = "held-out";

    /// <summary>Fingerprint of the examples of which a fraction was held out.</summary>
    public const string HeldOutOf = "held-out-of";

    /// <summary>The number of folds that the training data of an ensemble were divided into.</summary>
    public const string Folds = "folds";

    /// <summary>Fingerprint of the examples that were divided into folds.</summary>
    public const string FoldsOf = "folds-of";

    /// <summary>The encoding of the training table, as JSON.</summary>
    public const string Table = "table";

    /// <summary>The fraction of the training data that was held out; null if none was.</summary>
    /// <exception cref="InvalidInputException">The note is not a fraction: it is never used as the name of a file.</exception>
    public static string? ReadHeldOut(Model model)
    {
        if (!model.Notes.TryGetValue(HeldOut, out string? fraction))
            return null;
        if (double.TryParse(fraction, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 1)
            return fraction;
        throw new InvalidInputException(
            "cannot use the model", "its note about held-out data", $"\"{fraction}\" is not a fraction between 0 and 1",
            "The file is damaged: copy it again, or train again.");
    }

    /// <summary>The encoding of the table that a model was trained on; null if it was not trained on a table.</summary>
    /// <exception cref="InvalidInputException">It does not fit the model's inputs and outputs.</exception>
    public static TableEncoding? ReadTable(Model model)
    {
        if (!model.Notes.TryGetValue(Table, out string? json))
            return null;
        var encoding = TableEncoding.FromJson(json);
        int inputs = model.Topology.Sizes[0], outputs = model.Topology.Sizes[^1];
        int encoded = encoding.ClassNames?.Count ?? encoding.TargetColumns.Count;
        if (encoding.FeatureNames.Count == inputs && encoded == outputs)
            return encoding;
        throw new InvalidInputException(
            "cannot use the model", "its note about the table",
            $"it has {encoding.FeatureNames.Count} features and {encoded} outputs, and the network has {inputs} and {outputs}",
            "The file is damaged: copy it again, or train again.");
    }
}
