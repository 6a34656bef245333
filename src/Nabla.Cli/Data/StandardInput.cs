namespace Nabla.Cli;

/// <summary>Standard input as a file, which formats can read as often as they need. Disposing deletes the file.</summary>
internal sealed class StandardInput : IDisposable
{
    /// <summary>The name with which a user asks for it.</summary>
    public const string Name = "-";

    private readonly string path = Path.GetTempFileName();

    /// <summary>The file.</summary>
    public NamedFile AsFile => new(Name, path, "standard input");

    /// <summary>Reads standard input to its end.</summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="IOException">It does not fit the disk.</exception>
    public long Read(Terminal terminal)
    {
        using var input = terminal.OpenInput();
        using var copy = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        FileError.OnWriting(() => input.CopyTo(copy));
        return copy.Length;
    }

    public void Dispose() => File.Delete(path);
}
