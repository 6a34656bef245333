using System.IO.Compression;

namespace Nabla;

/// <summary>Writes NumPy's .npz archives: named arrays in a zip file. The same arrays give the same bytes. Thread-safe.</summary>
public static class NpzWriter
{
    // The earliest date in a zip file. With the current time, the same arrays would not give the same bytes.
    private static readonly DateTimeOffset Date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a file, atomically.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="arrays">Names without <c>.npy</c>, all different, and their arrays.</param>
    /// <param name="compress">Whether to deflate the arrays, as numpy.savez_compressed does.</param>
    /// <exception cref="ArgumentException">A name is empty or repeated.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, NumericArray Array)> arrays, bool compress = false) =>
        AtomicFile.Write(path, stream => Write(stream, arrays, compress));

    /// <summary>Writes an archive to a stream, which stays open.</summary>
    /// <param name="stream">Need not be seekable.</param>
    /// <param name="arrays">Names without <c>.npy</c>, all different, and their arrays.</param>
    /// <param name="compress">Whether to deflate the arrays, as numpy.savez_compressed does.</param>
    /// <exception cref="ArgumentException">A name is empty or repeated.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Name, NumericArray Array)> arrays, bool compress = false)
    {
        if (arrays.Any(a => a.Name.Length == 0) || arrays.DistinctBy(a => a.Name, StringComparer.Ordinal).Count() != arrays.Count)
            throw new ArgumentException("Each array needs a different name.", nameof(arrays));
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            var entry = archive.CreateEntry(name + ".npy", compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = Date;
            using var content = entry.Open();
            NpyWriter.Write(content, array);
        }
    }
}
