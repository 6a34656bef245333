namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Something compressed by gzip; IDX files often are.</summary>
    public static FileFormat Gzip { get; } = new(
        "gzip", "a gzip file", [".gz"], start => start is [0x1F, 0x8B, ..]);
}
