namespace Nabla;

/// <summary>A file could not be written. An older file is unchanged, unless <see cref="IsReplaced"/>.</summary>
/// <remarks>Immutable.</remarks>
public sealed class FileOutputException : IOException
{
    internal FileOutputException(string path, string why, Exception? innerException = null)
        : base($"Cannot write {path}: {why}.", innerException) => Why = why;

    private FileOutputException(string path, Exception innerException)
        : base(
            $"{path} was written, but may not survive a power failure: {ReasonOf(innerException)}.", innerException)
    {
        Why = $"the new file is complete, but may not survive a power failure: {ReasonOf(innerException)}";
        IsReplaced = true;
    }

    /// <summary>The reason, without the path.</summary>
    public string Why { get; }

    /// <summary>
    /// Whether the new file is there, complete, in place of the old one, and only the disk has not confirmed it: a power failure may bring
    /// the old one back.
    /// </summary>
    public bool IsReplaced { get; }

    /// <summary>The folder that must be created first; null if that is not the reason.</summary>
    public string? MissingFolder { get; private init; }

    internal static FileOutputException ForMissingFolder(string path, string folder) =>
        new(path, $"the folder {folder} does not exist") { MissingFolder = folder };

    internal static FileOutputException ForReplaced(string path, Exception error) => new(path, error);

    internal static FileOutputException ForTemporary(string folder, string remedy, Exception error)
    {
        string why = error switch
        {
            DirectoryNotFoundException => "there is no such folder",
            UnauthorizedAccessException => "the folder may not be written to",
            _ => ReasonOf(error),
        };
        return new($"a temporary file in {folder}", $"{why}. {remedy}", error);
    }

    internal static FileOutputException From(string path, Exception error) => new(path, ReasonOf(error), error);

    // The base library's sentences end with the name of the temporary file, which the user has not seen.
    private static string ReasonOf(Exception error)
    {
        int name = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return (name < 0 ? error.Message : error.Message[..name]).TrimEnd('.');
    }
}
