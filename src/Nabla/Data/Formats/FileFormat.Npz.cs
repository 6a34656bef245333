namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>A zip archive, and so NumPy's archive of arrays. An archive without members counts.</summary>
    private static FileFormat Npz { get; } = new(
        "npz", "a zip archive (.npz, if NumPy wrote it)", [".npz"],
        start => start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..]);
}
