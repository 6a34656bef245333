namespace Nabla.Cli;

/// <summary>What a model notes about the source of its training data.</summary>
internal static class SourceNotes
{
    /// <summary>Adds what is needed to read later data like the training data.</summary>
    public static void AddTo(Model model, LoadedData source)
    {
        if (source.Encoding is { } encoding)
            model.Notes[ModelNotes.Table] = encoding.ToJson();
        if (source.Form is { } form)
            model.Notes[ModelNotes.Pictures] = ModelNotes.NoteOf(form);
    }
}
