using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla;

/// <summary>
/// Reads IDX files, the format in which MNIST was published: big-endian arrays, uncompressed or in gzip. File names are ignored.
/// </summary>
/// <remarks>Yann LeCun, "The MNIST database", section "The IDX file format". Safe for concurrent use.</remarks>
public static class IdxReader
{
    private const int GzipTrailerLength = 8;
    private const string Remedy = "Use a file such as train-images-idx3-ubyte or train-images-idx3-ubyte.gz.";

    /// <summary>Reads a file.</summary>
    /// <param name="path">An IDX file, uncompressed or compressed by gzip.</param>
    /// <exception cref="InvalidInputException">
    /// It is not an IDX file, its length contradicts its header, or it is damaged.
    /// </exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static NumericArray Read(string path)
    {
        using var source = ByteSource.Open(path);
        return Read(source, new FileLocation(path));
    }

    /// <summary>Reads a file, which may be in memory.</summary>
    internal static NumericArray Read(ByteSource source, FileLocation location)
    {
        var start = source.Start();
        var raw = new FileWindow(source, 0, source.Length);
        bool isGzip = IsGzip(start);
        using var content = new ChecksummedStream(isGzip ? new GZipStream(raw, CompressionMode.Decompress) : raw);
        if (!isGzip)
            RequireIdx(start, location);
        var array = ReadArray(content, isGzip ? source.Length * ZipContent.MaxExpansion : source.Length, location);
        IncrementalRead.RequireEnd(content, location, content.BytesRead);
        if (isGzip)
            CheckGzipTrailer(source, content, location);
        return array;
    }

    /// <summary>Finds the elements of an uncompressed file without reading them.</summary>
    /// <param name="path">An IDX file.</param>
    /// <exception cref="InvalidInputException">It is compressed, damaged, or not an IDX file.</exception>
    internal static StoredArray Locate(string path) => ByteSource.OpenFor(path, source => Locate(source, new FileLocation(path)));

    private static StoredArray Locate(ByteSource source, FileLocation location)
    {
        var start = source.Start();
        if (IsGzip(start))
        {
            throw location.Error(
                "it is compressed, and only uncompressed files can be read from disk row by row", "Decompress it first: gunzip FILE.gz.");
        }
        RequireIdx(start, location);
        using var content = new FileWindow(source, 0, source.Length);
        var (type, shape, dataStart) = ReadHeader(content, location);
        long bytes = ArrayShape.BytesOnDisk(shape, ElementTypes.SizeOf(type));
        if (bytes != source.Length - dataStart)
        {
            throw location.Error(
                4, $"{type} [{string.Join(", ", shape)}] takes {bytes} bytes, but {source.Length - dataStart} follow the header",
                FileLocation.CopyAgain);
        }
        return new StoredArray(source, dataStart, new StoredType(type, IsLittleEndian: false), shape, location);
    }

    private static bool IsGzip(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);

    private static void RequireIdx(ReadOnlySpan<byte> start, FileLocation location)
    {
        if (!LooksLikeIdx(start))
            throw location.Error(0, $"it is not an IDX file, but {FileFormat.Describe(start)}", Remedy);
    }

    private static bool LooksLikeIdx(ReadOnlySpan<byte> start) => start.Length >= 4 && start[0] == 0 && start[1] == 0;

    private static (ElementType Type, int[] Shape, int DataStart) ReadHeader(Stream content, FileLocation location)
    {
        var magic = IncrementalRead.Exactly(content, 4, location, 0);
        if (!LooksLikeIdx(magic))
            throw location.Error(0, $"its compressed content is not an IDX file, but {FileFormat.Describe(magic)}", Remedy);
        var elementType = TypeOf(magic[2], location);
        int rank = magic[3];
        if (rank is 0 or > ArrayShape.MaxRank)
            throw location.Error(3, $"{rank} dimensions are claimed; 1 to {ArrayShape.MaxRank} are allowed", FileLocation.CopyAgain);
        var shape = ReadShape(IncrementalRead.Exactly(content, 4 * rank, location, 4), location);
        return (elementType, shape, 4 + (4 * rank));
    }

    private static NumericArray ReadArray(Stream content, long mostBytes, FileLocation location)
    {
        var (elementType, shape, dataStart) = ReadHeader(content, location);
        int elementSize = ElementTypes.SizeOf(elementType);
        int bytes = ArrayShape.BytesOf(shape, elementSize, location, 4);
        if (bytes > mostBytes - dataStart)
            throw location.Error(
                4, $"{elementType} [{string.Join(", ", shape)}] takes {bytes} bytes, more than the file can contain",
                FileLocation.CopyAgain);
        var data = IncrementalRead.Data(content, bytes, location, dataStart);
        ArrayLayout.ToNativeOrder(data, elementSize, isLittleEndian: false);
        return new NumericArray(elementType, shape, data);
    }

    private static ElementType TypeOf(byte code, FileLocation location) => code switch
    {
        0x08 => ElementType.UInt8,
        0x09 => ElementType.Int8,
        0x0B => ElementType.Int16,
        0x0C => ElementType.Int32,
        0x0D => ElementType.Float32,
        0x0E => ElementType.Float64,
        _ => throw location.Error(2, $"0x{code:x2} is not an element type of an IDX file", Remedy),
    };

    private static int[] ReadShape(ReadOnlySpan<byte> sizes, FileLocation location)
    {
        var shape = new int[sizes.Length / 4];
        for (int d = 0; d < shape.Length; d++)
        {
            shape[d] = BinaryPrimitives.ReadInt32BigEndian(sizes[(4 * d)..]);
            if (shape[d] < 0)
                throw location.Error(4 + (4 * d), $"dimension {d} has the impossible size {(uint)shape[d]}", FileLocation.CopyAgain);
        }
        return shape;
    }

    /// <summary>Checks the checksum and the length at the end: the base library accepts files without them.</summary>
    private static void CheckGzipTrailer(ByteSource source, ChecksummedStream content, FileLocation location)
    {
        long start = source.Length - GzipTrailerLength;
        using var window = new FileWindow(source, start, GzipTrailerLength);
        var trailer = IncrementalRead.Exactly(window, GzipTrailerLength, location, start);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (checksum != content.Checksum || BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4)) != (uint)content.BytesRead)
            throw location.Error(
                start, "the checksum or the length at its end does not match the content", FileLocation.CopyAgain);
    }
}
