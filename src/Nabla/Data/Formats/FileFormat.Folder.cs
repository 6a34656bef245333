namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A folder. It has no bytes of its own.</summary>
    private static FileFormat Folder { get; } = new(
        "folder", "a folder", [], _ => false);
}
