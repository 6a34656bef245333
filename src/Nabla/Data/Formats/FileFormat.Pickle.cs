namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A Python pickle, which Nabla never reads: unpickling can run any program.</summary>
    private static FileFormat Pickle { get; } = new(
        "pickle", "a Python pickle", [".pkl", ".pickle"], start => start is [0x80, >= 2 and <= 5, ..]);
}
