namespace Nabla.Cli;

/// <summary>A file or folder given by the user.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="FullPath">The full path.</param>
/// <param name="DisplayPath">The path for messages.</param>
internal sealed record NamedFile(string Name, string FullPath, string DisplayPath)
{
    public static NamedFile From(string name, Terminal terminal) => new(name, terminal.FullPath(name), terminal.DisplayPath(name));
}
