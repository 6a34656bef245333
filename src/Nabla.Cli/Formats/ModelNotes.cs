using System.Globalization;
using Nabla.Images;
using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Notes that the command line adds to a model's metadata.</summary>
internal static class ModelNotes
{
    /// <summary>The fraction of the training data that was held out, as the user wrote it: <c>0.2</c>.</summary>
    public const string HeldOut = "held-out";

    /// <summary>What the note about the command begins with.</summary>
    public const string TrainCommand = "nabla train";

    /// <summary>The note if nothing was held out on request.</summary>
    public const string NothingHeldOut = "none";

    /// <summary>Fingerprint of the examples of which a fraction was held out.</summary>
    public const string HeldOutOf = "held-out-of";

    /// <summary>The number of folds that the training data of an ensemble were divided into.</summary>
    public const string Folds = "folds";

    /// <summary>Fingerprint of the examples that were divided into folds.</summary>
    public const string FoldsOf = "folds-of";

    /// <summary>The name of the training data, as the user wrote it: <c>mnist</c> or a file.</summary>
    public const string Data = "data";

    /// <summary>The command that trained the model, without what changes no result.</summary>
    public const string Command = "command";

    /// <summary>Whether the training run was interrupted: the model is not the one that <see cref="Command"/> gives.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The encoding of the training table, as JSON.</summary>
    public const string Table = TableModel.NoteKey;

    /// <summary>How pictures were read: <c>grey</c> or <c>colour</c>. Their size is that of the model's inputs.</summary>
    public const string Pictures = "pictures";

    /// <summary>The form of pictures as inputs of a model; null if it does not take pictures.</summary>
    /// <exception cref="InvalidInputException">The note about pictures does not fit the model's inputs.</exception>
    public static PictureForm? FormOf(Model model)
    {
        bool isGrey = model.InputShape is [_, _];
        if (!model.Notes.TryGetValue(Pictures, out string? pictures))
            return isGrey ? new PictureForm(new PictureSize(model.InputShape[1], model.InputShape[0]), false, IsFitted: true) : null;
        if ((isGrey && pictures == "grey") || (model.InputShape is [_, _, 3] && pictures == "colour"))
            return new PictureForm(new PictureSize(model.InputShape[1], model.InputShape[0]), !isGrey);
        throw new InvalidInputException(
            "cannot use the model", "its note about pictures",
            $"they are \"{pictures}\", and its inputs have the shape [{string.Join(", ", model.InputShape)}]",
            "The file is damaged: copy it again, or train again.");
    }

    // Never in the note of a training run: they could replace a file.
    private static readonly string[] WritingOptions = ["--out", "--report", "--resume"];

    /// <summary>The command that trained the model; null if there is none, or if it is not a plain command of ours.</summary>
    /// <remarks>A model may come from anywhere, and a reader may run what a report shows: no other program can hide in it.</remarks>
    public static string? CommandOf(Model model) =>
        model.Notes.TryGetValue(Command, out string? command) && IsPlainCommand(command) ? command : null;

    /// <summary>Whether a text is a plain command of ours that trains, and writes no file by itself.</summary>
    public static bool IsPlainCommand(string command) =>
        ShellWord.AreQuoted(command)
        && (command == TrainCommand || command.StartsWith($"{TrainCommand} ", StringComparison.Ordinal))
        && !ShellWord.Split(command).Any(word => WritingOptions.Contains(word.Split('=', ':')[0]));

    /// <summary>The note about pictures of a form.</summary>
    public static string NoteOf(PictureForm form) => form.IsColour ? "colour" : "grey";

    /// <summary>The fraction of the training data that was held out, or <c>none</c> on request; null with other data.</summary>
    /// <exception cref="InvalidInputException">The note is not a fraction: it is never used as the name of a file.</exception>
    public static string? ReadHeldOut(Model model)
    {
        if (!model.Notes.TryGetValue(HeldOut, out string? fraction))
            return null;
        if (fraction == NothingHeldOut)
            return fraction;
        if (double.TryParse(fraction, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and < 1)
            return fraction;
        throw new InvalidInputException(
            "cannot use the model", "its note about held-out data", $"\"{fraction}\" is not a fraction between 0 and 1",
            "The file is damaged: copy it again, or train again.");
    }

    /// <summary>The encoding of the table that a model was trained on; null if it was not trained on a table.</summary>
    /// <exception cref="InvalidInputException">It does not fit the model's inputs and outputs.</exception>
    public static TableEncoding? ReadTable(Model model) => TableModel.FindEncoding(model);
}
