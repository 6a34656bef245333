namespace Nabla.Cli;

/// <summary>The catalogue of file formats that nabla can use. Nothing else lists them.</summary>
internal static class UsableFormats
{
    public static IReadOnlyList<IUsableFormat> All { get; } =
    [
        new NpzFormat(),
        new NpyFormat(),
        new IdxFormat(),
        new IdxFolderFormat(),
        new CsvFormat(),
        new PngFormat(),
        new BmpFormat(),
        new ModelFormat(),
    ];

    /// <summary>The formats that can give something, each by its name in help texts.</summary>
    public static IReadOnlyList<string> Nouns<T>()
        where T : IUsableFormat => [.. All.OfType<T>().Select(format => format.Noun)];

    /// <summary>The format of a file that has to give something.</summary>
    /// <param name="file">What the user named.</param>
    /// <param name="what">What cannot be done if it does not, e.g. <c>cannot inspect x.bin</c>.</param>
    /// <param name="remedy">What to do then.</param>
    /// <exception cref="InvalidInputException">There is no such file, or files of its format do not give it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Find<T>(NamedFile file, string what, string remedy)
        where T : class, IUsableFormat
    {
        var (format, description) = Detect(file);
        if (format is T wanted)
            return wanted;
        string why = format is IInputFormat && typeof(T) == typeof(ITrainingFormat) ? $"{description}, which has no labels" : description;
        throw new InvalidInputException(what, file.Shown, $"it is {why}", remedy);
    }

    private static (IUsableFormat? Format, string Description) Detect(NamedFile file)
    {
        if (!Path.Exists(file.FullPath))
            throw new InvalidInputException($"cannot read {file.Shown}", file.Shown, "there is no such file", "Check the path.");
        var detected = FileFormat.Detect(file.FullPath);
        var format = All.FirstOrDefault(usable => detected is not null && usable.Formats.Contains(detected));
        // A web page called mnist.npz: the reader of archives knows best what to say about it.
        if ((format is null && detected?.Name != "empty") || detected?.Name == "text")
            format = All.FirstOrDefault(usable => usable.Formats[0].HasUsualExtension(file.FullPath)) ?? format;
        return (format, detected?.Description ?? "a file of an unknown kind");
    }
}
