namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A Windows bitmap. Because a text may begin with the same letters, the size of the second header is checked too.</summary>
    private static FileFormat Bmp { get; } = new(
        "bmp", "a BMP image", [".bmp"],
        start => start is [
            (byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, _, _, _, _, 12 or 40 or 52 or 56 or 64 or 108 or 124, 0, 0, 0, ..]);
}
