namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A file compressed by gzip, as IDX files often are.</summary>
    private static FileFormat Gzip { get; } = new(
        "gzip", "a gzip file", [".gz"], start => start is [0x1F, 0x8B, ..]);
}
