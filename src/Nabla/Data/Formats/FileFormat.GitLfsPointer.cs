namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>What Git leaves in place of a large file that it has not fetched.</summary>
    private static FileFormat GitLfsPointer { get; } = new(
        "git-lfs-pointer", "a Git LFS pointer: the content was never fetched", [],
        start => start.StartsWith("version https://git-lfs"u8));
}
