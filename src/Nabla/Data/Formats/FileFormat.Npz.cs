namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A zip archive, such as NumPy's archives of arrays. Empty archives are included.</summary>
    private static FileFormat Npz { get; } = new(
        "npz", "a zip archive (.npz, if NumPy wrote it)", [".npz"],
        start => start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..]);
}
