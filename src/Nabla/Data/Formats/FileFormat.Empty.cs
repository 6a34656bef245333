namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>An empty file.</summary>
    private static FileFormat Empty { get; } = new(
        "empty", "an empty file", [], start => start.IsEmpty);
}
