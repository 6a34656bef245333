using System.Buffers.Binary;

namespace Nabla;

/// <summary>
/// Reads NumPy's .npy arrays: versions 1 to 3, C and Fortran order, either byte order; booleans, integers, and floats of 16 to 64 bits.
/// </summary>
/// <remarks>
/// Arrays of Python objects (pickles), strings, dates, complex numbers and structures are rejected, with a message for each. Thread-safe.
/// </remarks>
public static class NpyReader
{
    private const int MaxHeaderLength = 64 * 1024; // a plain array needs about a hundred bytes; only structures need more

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file that holds one array.</summary>
    /// <param name="path">A .npy file.</param>
    /// <exception cref="InvalidInputException">It is not a .npy file, is damaged, or its elements are not plain numbers.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static NumericArray Read(string path) => Read(path, Read);

    /// <summary>Reads a file that holds one array, which may hold texts.</summary>
    internal static LabelArray ReadLabels(string path) => Read(path, ReadLabels);

    /// <summary>Finds the elements of an array in a file without reading them.</summary>
    internal static StoredArray Locate(string path) =>
        ByteSource.OpenFor(path, source => Locate(source, 0, source.Length, new FileLocation(path)));

    /// <summary>Reads an array from a stream.</summary>
    /// <param name="stream">Read from its current position, no further than the array's end.</param>
    /// <param name="length">Number of bytes of the array, including its header.</param>
    /// <param name="name">Name of the stream in messages.</param>
    /// <exception cref="InvalidInputException">
    /// The bytes are not a .npy array of <paramref name="length"/> bytes.
    /// </exception>
    public static NumericArray Read(Stream stream, long length, string name) => Read(stream, length, new FileLocation(name));

    internal static NumericArray Read(Stream stream, long length, FileLocation location)
    {
        var (header, data) = ReadContent(stream, length, acceptsTexts: false, location);
        return ToNumbers(header, data);
    }

    /// <summary>Reads an array that may hold texts.</summary>
    internal static LabelArray ReadLabels(Stream stream, long length, FileLocation location)
    {
        var (header, data) = ReadContent(stream, length, acceptsTexts: true, location);
        if (!header.Type.IsText)
            return new LabelArray(ToNumbers(header, data), null);
        if (header.IsFortranOrder && header.Shape.Count(size => size > 1) > 1)
            throw location.Error("it holds texts in Fortran order", "Save one text for each example.");
        return new LabelArray(null, new TextArray(header.Type, header.Shape, data));
    }

    private static T Read<T>(string path, Func<Stream, long, FileLocation, T> read)
    {
        using var source = ByteSource.Open(path);
        using var content = new FileWindow(source, 0, source.Length);
        return read(content, source.Length, new FileLocation(path));
    }

    /// <summary>Finds the elements of an array without reading them.</summary>
    /// <param name="source">The file, which stays open.</param>
    /// <param name="start">Where the array begins in the file.</param>
    /// <param name="length">Number of bytes of the array, including its header.</param>
    /// <param name="location">The array, for messages.</param>
    /// <exception cref="InvalidInputException">It is not such an array, or its rows are not one after another.</exception>
    internal static StoredArray Locate(ByteSource source, long start, long length, FileLocation location)
    {
        using var stream = new FileWindow(source, start, length);
        var (header, _, dataStart) = ReadHeader(stream, length, acceptsTexts: false, location);
        RequireLength(header, ArrayShape.BytesOnDisk(header.Shape, header.Type.Size), length - dataStart, location, dataStart);
        if (header.IsFortranOrder && header.Shape.Length > 1)
        {
            throw location.Error(
                "it is in Fortran order, in which a row is not in one place, so that it cannot be read from disk row by row",
                "Save it in C order: numpy.save(file, numpy.ascontiguousarray(x)).");
        }
        return new StoredArray(
            source, start + dataStart, new StoredType(header.Type.ElementType, header.Type.IsLittleEndian), header.Shape, location);
    }

    /// <returns>The header, where it begins, and where the elements do.</returns>
    private static (NpyHeader Header, int Start, int DataStart) ReadHeader(
        Stream stream, long length, bool acceptsTexts, FileLocation location)
    {
        int headerStart = ReadPreamble(stream, length, location, out int headerLength);
        var text = IncrementalRead.Exactly(stream, headerLength, location, headerStart);
        var header = new NpyHeaderParser(text, acceptsTexts, location, headerStart).Parse();
        return (header, headerStart, headerStart + headerLength);
    }

    private static void RequireLength(in NpyHeader header, long bytes, long found, FileLocation location, int dataStart)
    {
        if (bytes != found)
        {
            throw location.Error(
                dataStart, $"{header.Type} [{string.Join(", ", header.Shape)}] takes {bytes} bytes, but {found} follow the header",
                FileLocation.CopyAgain);
        }
    }

    private static (NpyHeader Header, byte[] Data) ReadContent(Stream stream, long length, bool acceptsTexts, FileLocation location)
    {
        var (header, start, dataStart) = ReadHeader(stream, length, acceptsTexts, location);
        int bytes = ArrayShape.BytesOf(header.Shape, header.Type.Size, location, start);
        RequireLength(header, bytes, length - dataStart, location, dataStart);
        var data = IncrementalRead.Data(stream, bytes, location, dataStart);
        if (!header.Type.IsText && header.Type.ElementType == ElementType.Boolean
            && data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and int wrong)
            throw location.Error(dataStart + wrong, $"{data[wrong]} is not a boolean (0 or 1)", "Save the array as uint8.");
        return (header, data);
    }

    private static NumericArray ToNumbers(NpyHeader header, byte[] data)
    {
        ArrayLayout.ToNativeOrder(data, header.Type.Size, header.Type.IsLittleEndian);
        return new NumericArray(
            header.Type.ElementType, header.Shape,
            header.IsFortranOrder ? ArrayLayout.FromFortranOrder(data, header.Type.Size, header.Shape) : data);
    }

    /// <summary>Reads magic, version and header length; returns where the header begins.</summary>
    private static int ReadPreamble(Stream stream, long length, FileLocation location, out int headerLength)
    {
        var start = IncrementalRead.Exactly(stream, (int)Math.Min(length, 10), location, 0);
        if (!start.AsSpan().StartsWith(Magic))
            throw location.Error(
                0, $"it is not a NumPy array (.npy), but {FileFormat.Describe(start)}", "Use a file written by numpy.save.");
        if (start.Length < 10 || (start[6] > 1 && length < 12))
            throw location.Error(length, "it ends within the header", FileLocation.CopyAgain);
        if (start[6] is < 1 or > 3 || start[7] != 0)
            throw location.Error(6, $"version {start[6]}.{start[7]} of the .npy format is unknown", "Save it again with numpy.save.");
        uint claimed = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8));
        int headerStart = 10;
        if (start[6] > 1) // versions 2 and 3 give the length four bytes
        {
            claimed |= (uint)BinaryPrimitives.ReadUInt16LittleEndian(IncrementalRead.Exactly(stream, 2, location, 10)) << 16;
            headerStart = 12;
        }
        long most = Math.Min(length - headerStart, MaxHeaderLength);
        if (claimed > most)
            throw location.Error(8, $"the header claims {claimed} bytes, and at most {most} are possible", FileLocation.CopyAgain);
        headerLength = (int)claimed;
        return headerStart;
    }
}
