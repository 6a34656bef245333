namespace Nabla.Cli;

/// <summary>The catalogue of file formats that nabla can use. Nothing else lists them.</summary>
internal static class CliFormats
{
    public static IReadOnlyList<ICliFormat> All { get; } =
    [
        new NpzFormat(),
        new NpyFormat(),
        new IdxFormat(),
        new FolderFormat(),
        new CsvFormat(),
#if !NATIVE
        new ParquetFormat(),
#endif
        new PngFormat(),
        new JpegFormat(),
        new BmpFormat(),
        new ModelFormat(),
    ];

    /// <summary>The formats with an interface, by their names in help texts.</summary>
    public static IReadOnlyList<string> Nouns<T>()
        where T : ICliFormat => [.. All.OfType<T>().Select(format => format.Noun)];

    /// <summary>Finds the format of a file, which must have an interface.</summary>
    /// <param name="file">The file given by the user.</param>
    /// <param name="what">The error if the format lacks the interface, e.g. <c>cannot inspect x.bin</c>.</param>
    /// <param name="remedy">The remedy in this case.</param>
    /// <exception cref="InvalidInputException">There is no such file, or its format lacks the interface.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Find<T>(NamedFile file, string what, string remedy)
        where T : class, ICliFormat
    {
        var (format, description) = Detect(file);
        if (format is T wanted)
            return wanted;
        string why = format is IInputFormat && typeof(T) == typeof(ITrainingFormat) ? $"{description}, which has no labels" : description;
        throw new InvalidInputException(what, file.DisplayPath, $"it is {why}", remedy);
    }

    private static (ICliFormat? Format, string Description) Detect(NamedFile file)
    {
        if (!Path.Exists(file.FullPath))
        {
            throw new InvalidInputException(
                $"cannot read {file.DisplayPath}", file.DisplayPath, "there is no such file", "Check the path.");
        }
        var detected = FileFormat.Detect(file.FullPath);
        // A compressed table is read like the table; other compressed files belong to the formats that are often compressed.
        if (detected?.Name == "gzip" && FileFormat.DetectCompressed(file.FullPath) is { Name: "text" } compressed)
            detected = compressed;
        var format = All.FirstOrDefault(usable => detected is not null && usable.Formats.Contains(detected));
        // For a web page called mnist.npz, the reader of .npz archives has the best error message.
        if ((format is null && detected?.Name != "empty") || detected?.Name == "text")
            format = All.FirstOrDefault(usable => usable.Formats[0].HasUsualExtension(file.FullPath)) ?? format;
        return (format, detected?.Description ?? "a file of an unknown kind");
    }
}
