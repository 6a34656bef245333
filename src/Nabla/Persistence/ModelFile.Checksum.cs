namespace Nabla;

/// <content>Models with a checksum of the whole file.</content>
internal static partial class ModelFile
{
    /// <summary>Saves a model with a checksum of the whole file.</summary>
    public static void SaveWithChecksum(Model model, string path, IFileOutput? output) =>
        AtomicFile.Write(path, stream => Save(model, null, stream, hasChecksum: true), output);

    /// <summary>Loads a model that <see cref="SaveWithChecksum"/> saved.</summary>
    /// <exception cref="InvalidInputException">The file is not such a model, or is damaged.</exception>
    public static Model LoadWithChecksum(string path)
    {
        using var source = ByteSource.Open(path);
        using var file = SafetensorsFile.Open(source, path);
        FileChecksum.Verify(source, path, file.Metadata, isRequired: true);
        return Load(file, ParseMetadata(file, path), path);
    }
}
