namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A Python pickle. Nabla never reads one, because unpickling can run any program.</summary>
    private static FileFormat Pickle { get; } = new(
        "pickle", "a Python pickle", [".pkl", ".pickle"], start => start is [0x80, >= 2 and <= 5, ..]);
}
