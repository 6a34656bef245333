using System.IO.Compression;

namespace Nabla;

/// <summary>
/// A file format: its name, its description, and how it is detected from the first bytes of a file. File names are ignored.
/// </summary>
/// <remarks>Each format has one source file; <see cref="All"/> is the only list of formats. Immutable.</remarks>
public sealed partial class FileFormat
{
    /// <summary>The number of bytes that <see cref="Detect(ReadOnlySpan{byte})"/> needs.</summary>
    public const int BytesNeeded = 512;

    private const string UnknownDescription = "a file of an unknown kind";

    private readonly Func<ReadOnlySpan<byte>, bool> matches;

    private FileFormat(string name, string description, string[] extensions, Func<ReadOnlySpan<byte>, bool> matches)
    {
        Name = name;
        Description = description;
        Extensions = extensions;
        this.matches = matches;
    }

    /// <summary>All formats that Nabla can detect, in the order in which they are tried.</summary>
    public static IReadOnlyList<FileFormat> All => field ??=
    [
        Folder,
        Empty,
        Npz,
        Xlsx,
        Zip,
        Npy,
        Png,
        Jpeg,
        Bmp,
        Gzip,
        Idx,
        Safetensors,
        Hdf5,
        Pickle,
        Parquet,
        Arrow,
        Sqlite,
        Xls,
        GitLfsPointer,
        Html,
        Json,
        Arff,
        Text,
    ];

    /// <summary>A short name, such as <c>npz</c>.</summary>
    public string Name { get; }

    /// <summary>The name of such a file, with an article: <c>a PNG image</c>.</summary>
    public string Description { get; }

    /// <summary>The usual endings of file names, with the dot and in lower case; the most common one first. May be empty.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Returns the format with a name.</summary>
    /// <param name="name">A name of <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">No format has this name.</exception>
    public static FileFormat Get(string name) => All.FirstOrDefault(format => format.Name == name)
        ?? throw new ArgumentException($"There is no format {name}; there are {string.Join(", ", All)}.", nameof(name));

    /// <summary>Detects the format of a file from its first bytes.</summary>
    /// <param name="start">The first <see cref="BytesNeeded"/> bytes, or all bytes of a shorter file.</param>
    /// <returns>Null if the format is unknown.</returns>
    public static FileFormat? Detect(ReadOnlySpan<byte> start)
    {
        foreach (var format in All)
        {
            if (format.matches(start))
                return format;
        }
        return null;
    }

    /// <summary>Detects the format of a file or folder.</summary>
    /// <param name="path">An existing file or folder.</param>
    /// <returns>Null if the format is unknown.</returns>
    /// <exception cref="InvalidInputException">The file is a pipe: its content can be read once, and is needed again.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileFormat? Detect(string path)
    {
        if (Directory.Exists(path))
            return Folder;
        using var file = File.OpenRead(path);
        var format = Detect(file);
        return file.CanSeek ? format : throw new InvalidInputException(
            $"cannot read {path}", path, "it is a pipe, whose content can be read only once",
            "Write the content to a file, and give that.");
    }

    /// <summary>Detects the format of what a file holds, which is compressed by gzip.</summary>
    /// <param name="path">An existing file in the format <c>gzip</c>.</param>
    /// <returns>Null if the format is unknown, or the file is damaged.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileFormat? DetectCompressed(string path)
    {
        using var content = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        try
        {
            return Detect(content);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The name of a file's probable format, for messages: <c>a web page (HTML), as a failed download leaves behind</c>.</summary>
    /// <param name="start">The first <see cref="BytesNeeded"/> bytes, or all bytes of a shorter file.</param>
    public static string Describe(ReadOnlySpan<byte> start) => Detect(start)?.Description ?? UnknownDescription;

    /// <summary>Whether a file name has one of the usual extensions of this format.</summary>
    /// <param name="path">A path or a file name.</param>
    public bool HasUsualExtension(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static FileFormat? Detect(Stream stream)
    {
        var start = new byte[BytesNeeded];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return Detect(start.AsSpan(0, length));
    }
}
