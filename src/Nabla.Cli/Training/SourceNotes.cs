namespace Nabla.Cli;

/// <summary>What a model notes about the source of its training data.</summary>
internal static class SourceNotes
{
    /// <summary>Adds what is needed to read later data like the training data, and to repeat the run.</summary>
    /// <param name="model">Receives the notes. Those of a run that was interrupted remain.</param>
    /// <param name="source">The training data.</param>
    /// <param name="options">The options of the command, as the user wrote them; null if another command began the run.</param>
    public static void AddTo(Model model, LoadedData source, string? options)
    {
        model.Notes.TryAdd(ModelNotes.Data, source.Request.Name!);
        // With the name of the data also if they were chosen by default: elsewhere the default may be others.
        if (options is not null)
            model.Notes.TryAdd(ModelNotes.Command, CommandFor(source, options));
        if (source.Encoding is { } encoding)
            model.Notes[ModelNotes.Table] = encoding.ToJson();
        if (source.Form is { } form)
            model.Notes[ModelNotes.Pictures] = ModelNotes.NoteOf(form);
    }

    /// <summary>The command that repeats a run.</summary>
    public static string CommandFor(LoadedData source, string options) =>
        $"{ModelNotes.TrainCommand} {ShellWord.Quote(source.Request.Name!)} {options}".TrimEnd();

    /// <summary>
    /// A command as a receipt has it: with the data where they are now, and also with what changes no result and is needed to repeat it.
    /// </summary>
    public static string? InReceipt(string? command, LoadedData source)
    {
        if (command is null)
            return null;
        var words = ShellWord.Split(command);
        int data = ShellWord.Split(ModelNotes.TrainCommand).Count;
        if (ModelNotes.IsPlainCommand(command) && words.Count > data && words[data] != source.Request.Name)
            command = CommandFor(source, string.Join(' ', words.Skip(data + 1).Select(ShellWord.Quote)));
        return source.Request.OnDisk ? $"{command} {OnDiskSwitch.Text}" : command;
    }

    /// <summary>Notes whether a training run was interrupted. One that was resumed and has ended is not.</summary>
    public static void NoteEnd(Model model, bool interrupted)
    {
        model.Notes.Remove(ModelNotes.Interrupted);
        if (interrupted)
            model.Notes[ModelNotes.Interrupted] = "true";
    }
}
