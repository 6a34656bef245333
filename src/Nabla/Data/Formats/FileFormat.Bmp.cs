namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A Windows bitmap. Two letters would do for a text as well: the size of the second header has to be one of those that exist.</summary>
    private static FileFormat Bmp { get; } = new(
        "bmp", "a BMP image", [".bmp"],
        start => start is [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, _, _, _, _, 12 or 40 or 52 or 56 or 64 or 108 or 124, 0, 0, 0, ..]);
}
