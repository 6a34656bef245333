namespace Nabla.Cli;

/// <summary>Standard input as a file, which formats can read as often as they need.</summary>
internal sealed class StandardInput : IDisposable
{
    /// <summary>The name with which a user asks for it.</summary>
    public const string Name = "-";

    private readonly string path = Path.GetTempFileName();

    /// <summary>Reads it to its end.</summary>
    /// <exception cref="IOException">It does not fit the disk.</exception>
    public StandardInput(Terminal terminal)
    {
        using var input = terminal.OpenInput();
        using var copy = File.Create(path);
        input.CopyTo(copy);
    }

    /// <summary>The file.</summary>
    public NamedFile AsFile => new(Name, path, "standard input");

    public void Dispose() => File.Delete(path);
}
