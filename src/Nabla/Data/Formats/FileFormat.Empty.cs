namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A file without a single byte.</summary>
    private static FileFormat Empty { get; } = new(
        "empty", "an empty file", [], start => start.IsEmpty);
}
