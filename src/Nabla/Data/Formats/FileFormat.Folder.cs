namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A folder. It is not detected from bytes.</summary>
    private static FileFormat Folder { get; } = new(
        "folder", "a folder", [], _ => false);
}
