namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Zip archives of other files than arrays.</summary>
    private static FileFormat Zip { get; } = new(
        "zip", "a zip archive: unpack it, and give a file in it", [".zip"],
        start => start is [(byte)'P', (byte)'K', 3, 4, ..]);
}
