namespace Nabla.Cli;

/// <summary>What a model notes about the source of its training data.</summary>
internal static class SourceNotes
{
    /// <summary>Adds what is needed to read later data like the training data, and to repeat the run.</summary>
    /// <param name="model">Receives the notes. Those of a run that was interrupted remain.</param>
    /// <param name="source">The training data.</param>
    /// <param name="command">The command, as the user wrote it; null if another began the run.</param>
    public static void AddTo(Model model, LoadedData source, string? command)
    {
        model.Notes.TryAdd(ModelNotes.Data, source.Request.Name!);
        if (command is not null)
            model.Notes.TryAdd(ModelNotes.Command, command);
        if (source.Encoding is { } encoding)
            model.Notes[ModelNotes.Table] = encoding.ToJson();
        if (source.Form is { } form)
            model.Notes[ModelNotes.Pictures] = ModelNotes.NoteOf(form);
    }
}
