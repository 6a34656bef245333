namespace Nabla.Cli;

/// <summary>A file or folder that the user has named.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="FullPath">Where it is.</param>
/// <param name="Shown">The path as people like to read it.</param>
internal sealed record NamedFile(string Name, string FullPath, string Shown)
{
    public static NamedFile From(string name, Terminal terminal) => new(name, terminal.FullPath(name), terminal.Shown(name));
}
