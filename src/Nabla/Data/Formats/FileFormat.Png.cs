namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A PNG image.</summary>
    private static FileFormat Png { get; } = new(
        "png", "a PNG image", [".png"], start => start.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG"u8]));
}
