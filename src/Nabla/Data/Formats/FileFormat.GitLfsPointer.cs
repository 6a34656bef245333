namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>The placeholder of a large file that Git has not fetched.</summary>
    private static FileFormat GitLfsPointer { get; } = new(
        "git-lfs-pointer", "a Git LFS pointer: the content was never fetched", [],
        start => start.StartsWith("version https://git-lfs"u8));
}
