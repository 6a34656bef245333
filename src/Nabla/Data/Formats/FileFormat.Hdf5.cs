namespace Nabla;

public sealed partial class FileFormat
{
    /// <summary>An HDF5 file, which Nabla cannot read.</summary>
    private static FileFormat Hdf5 { get; } = new(
        "hdf5", "an HDF5 file", [".h5", ".hdf5"], start => start.StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF"u8]));
}
