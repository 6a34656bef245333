namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>Offset of the first entry's name in a zip archive.</summary>
    private const int NameInZip = 30;

    /// <summary>NumPy's archives of arrays: zip archives whose first file is an array. Empty archives are included.</summary>
    private static FileFormat Npz { get; } = new(
        "npz", "a zip archive (.npz, if NumPy wrote it)", [".npz"],
        start => start is [(byte)'P', (byte)'K', 5, 6, ..] || HoldsArray(start));

    private static bool HoldsArray(ReadOnlySpan<byte> start)
    {
        if (start is not [(byte)'P', (byte)'K', 3, 4, ..] || start.Length <= NameInZip)
            return start is [(byte)'P', (byte)'K', 3, 4, ..];
        int length = Math.Min(start[26] | (start[27] << 8), start.Length - NameInZip);
        return start.Slice(NameInZip, length).EndsWith(".npy"u8);
    }
}
