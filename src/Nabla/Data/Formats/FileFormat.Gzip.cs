namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Something compressed by gzip; IDX files often are.</summary>
    private static FileFormat Gzip { get; } = new(
        "gzip", "a gzip file", [".gz"], start => start is [0x1F, 0x8B, ..]);
}
