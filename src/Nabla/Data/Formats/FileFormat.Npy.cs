namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>One array as NumPy's <c>save</c> writes it.</summary>
    private static FileFormat Npy { get; } = new(
        "npy", "a single NumPy array (.npy)", [".npy"], start => start.StartsWith((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]));
}
