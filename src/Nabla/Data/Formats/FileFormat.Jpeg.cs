namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A JPEG image.</summary>
    private static FileFormat Jpeg { get; } = new(
        "jpeg", "a JPEG image", [".jpg", ".jpeg", ".jfif"], start => start is [0xFF, 0xD8, 0xFF, ..]);
}
