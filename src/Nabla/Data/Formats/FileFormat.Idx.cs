namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>An array in the format of the MNIST files: two zeros, an element type, and a rank.</summary>
    private static FileFormat Idx { get; } = new(
        "idx", "an IDX file", [".idx", ".idx3-ubyte", ".idx1-ubyte"],
        start => start is [0, 0, >= 0x08 and <= 0x0E, >= 1 and <= 8, ..]);
}
