using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>A safetensors file: a JSON header with metadata, and named tensors. Hugging Face's library defines the format.</summary>
/// <remarks>
/// The header is read and checked when the file is opened; tensors are read on demand, so that a large file can be inspected quickly.
/// Safe for concurrent reading until it is disposed.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int LengthBytes = 8;
    private const long MaxHeaderLength = 100_000_000; // the limit of the format's own library

    private readonly ByteSource source;
    private readonly long sourceStart; // offset in the file of the source's first byte
    private readonly FileLocation location;
    private readonly long dataStart; // offset in the file of the first tensor
    private readonly SafetensorsHeader header;
    private readonly Dictionary<string, SafetensorsTensor> byName;

    private SafetensorsFile(ByteSource source, long sourceStart, FileLocation location, long dataStart, SafetensorsHeader header)
    {
        this.source = source;
        this.sourceStart = sourceStart;
        this.location = location;
        this.dataStart = dataStart;
        this.header = header;
        byName = header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InvalidInputException">The file is not a safetensors file, is truncated, or contradicts its header.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static SafetensorsFile Open(string path) => Open(ByteSource.Open(path), path);

    /// <summary>Opens a file, which may be in memory, and reads its header.</summary>
    /// <param name="source">The file, which is disposed of with the object, or if it cannot be used.</param>
    /// <param name="path">What messages call it.</param>
    internal static SafetensorsFile Open(ByteSource source, string path)
    {
        try
        {
            var location = new FileLocation(path);
            using var content = new FileWindow(source, 0, source.Length);
            var (header, dataStart) = ReadHeader(content, source.Length, location);
            if (CheckCoverage(header, location, dataStart) is var covered && covered != source.Length - dataStart)
                throw location.Error(
                    dataStart, $"the tensors take {covered} bytes, but {source.Length - dataStart} follow the header",
                    FileLocation.CopyAgain);
            return new SafetensorsFile(source, 0, location, dataStart, header);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Reads all of a stream, which ends with the file, into memory.</summary>
    /// <param name="stream">Read from its current position to its end; it need not be able to seek.</param>
    /// <param name="name">What messages call the stream.</param>
    /// <exception cref="InvalidInputException">
    /// The stream is not a safetensors file, is truncated, or contradicts its header; or it has 2 GiB of tensors or more.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static SafetensorsFile Read(Stream stream, string name)
    {
        var location = new FileLocation(name);
        var (header, dataStart) = ReadHeader(stream, long.MaxValue, location);
        long length = CheckCoverage(header, location, dataStart);
        if (length > Array.MaxLength)
            throw location.Error(LengthBytes, $"its tensors take {length} bytes, too many for a stream", "Read it as a file on disk.");
        var data = IncrementalRead.Data(stream, (int)length, location, dataStart);
        IncrementalRead.RequireEnd(stream, location, dataStart + length);
        return new SafetensorsFile(ByteSource.From(data), dataStart, location, dataStart, header);
    }

    /// <summary>What a file would hold, so that the reader's rules can be applied before it is written.</summary>
    /// <param name="metadata">Text by key.</param>
    /// <param name="tensors">In the order in which they would be written.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArgumentException">It cannot be written.</exception>
    internal static SafetensorsFile Preview(
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors, string name)
    {
        var location = new FileLocation(name);
        using var text = new MemoryStream(SafetensorsWriter.Header(metadata, tensors, "F32"));
        var (header, dataStart) = ReadHeader(text, long.MaxValue, location);
        return new SafetensorsFile(PreviewedTensors(tensors), dataStart, location, dataStart, header);
    }

    /// <summary>The data of tensors as a file would have them; one tensor at a time is copied.</summary>
    private static ByteSource PreviewedTensors(IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        long length = 0;
        var filled = tensors.Where(tensor => tensor.Values.Length > 0).ToArray();
        var starts = new long[filled.Length];
        for (int i = 0; i < filled.Length; i++)
        {
            starts[i] = length;
            length += (long)filled[i].Values.Length * sizeof(float);
        }
        int current = -1;
        byte[] data = [];
        return ByteSource.From(length, (buffer, offset) =>
        {
            int number = Array.BinarySearch(starts, offset) is var found && found >= 0 ? found : ~found - 1;
            if (number != current)
            {
                using var copy = new MemoryStream(filled[number].Values.Length * sizeof(float));
                SafetensorsWriter.WriteValues(copy, filled[number].Values.Span);
                (current, data) = (number, copy.ToArray());
            }
            int begin = (int)(offset - starts[number]), count = Math.Min(buffer.Length, data.Length - begin);
            data.AsSpan(begin, count).CopyTo(buffer);
            return count;
        });
    }

    /// <summary>Reads a header.</summary>
    /// <param name="header">The header of a file, with its length.</param>
    /// <exception cref="InvalidInputException">The header is too long or malformed.</exception>
    internal static SafetensorsHeader ReadHeader(byte[] header)
    {
        using var text = new MemoryStream(header);
        return ReadHeader(text, long.MaxValue, new FileLocation("the header")).Header;
    }

    /// <summary>The metadata: text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => header.Tensors;

    /// <summary>Reads a tensor of type F32, in C order.</summary>
    /// <exception cref="InvalidInputException">There is no such tensor, or it is of another type.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public float[] ReadFloats(string name) => ReadValues<float>(name, "F32");

    /// <summary>Reads a tensor of type F64, in C order.</summary>
    /// <exception cref="InvalidInputException">There is no such tensor, or it is of another type.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public double[] ReadDoubles(string name) => ReadValues<double>(name, "F64");

    /// <summary>Writes tensors of type F32, atomically. The same arguments give the same bytes.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="metadata">Text by key; written in the order of the keys.</param>
    /// <param name="tensors">Written in this order; a shape's product is the number of its values.</param>
    /// <exception cref="ArgumentException">A name is repeated or reserved, or a shape does not fit.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<float> Values)> tensors) =>
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, metadata, tensors, "F32"));

    /// <summary>Writes tensors of type F64, atomically. The same arguments give the same bytes.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="metadata">Text by key; written in the order of the keys.</param>
    /// <param name="tensors">Written in this order; a shape's product is the number of its values.</param>
    /// <exception cref="ArgumentException">A name is repeated or reserved, or a shape does not fit.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<double> Values)> tensors) =>
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, metadata, tensors, "F64"));

    /// <summary>The tensor with that name, or null. Fast even if a header names a million tensors.</summary>
    internal SafetensorsTensor? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Closes the file.</summary>
    public void Dispose() => source.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{location.File}: {Tensors.Count} tensors";

    /// <param name="content">Read from its first byte.</param>
    /// <param name="length">Its length; <see cref="long.MaxValue"/> if it is not known.</param>
    /// <param name="location">The file, for messages.</param>
    private static (SafetensorsHeader Header, long DataStart) ReadHeader(Stream content, long length, FileLocation location)
    {
        byte[] start = IncrementalRead.Exactly(content, LengthBytes, location, 0);
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(start);
        ulong most = (ulong)Math.Min(length - LengthBytes, MaxHeaderLength);
        if (claimed > most)
        {
            byte[] first = [.. start, .. IncrementalRead.AtMost(content, FileFormat.BytesNeeded - LengthBytes, location, LengthBytes)];
            throw location.Error(
                0,
                $"the header claims {claimed} bytes, and at most {most} are possible: it seems to be {FileFormat.Describe(first)}",
                "Use a .safetensors file as model.Save writes it; if it is one, it is damaged: copy it again.");
        }
        var header = SafetensorsHeader.Parse(
            IncrementalRead.Exactly(content, (int)claimed, location, LengthBytes), location, LengthBytes);
        return (header, LengthBytes + (long)claimed);
    }

    /// <summary>The format requires that the tensors fill the data without gaps or overlaps.</summary>
    /// <returns>The number of bytes of all tensors.</returns>
    private static long CheckCoverage(SafetensorsHeader header, FileLocation location, long dataStart)
    {
        long covered = 0;
        foreach (var tensor in header.Tensors)
        {
            if (tensor.Begin != covered)
                throw location.Error(
                    dataStart + covered, $"the tensor {tensor.Name} begins at byte {tensor.Begin} of the data instead of {covered}",
                    FileLocation.CopyAgain);
            covered = tensor.End;
        }
        return covered;
    }

    private T[] ReadValues<T>(string name, string dataType)
        where T : unmanaged
    {
        var tensor = Find(name)
            ?? throw location.Error($"it has no tensor {name}", "Run nabla inspect to see its tensors.");
        if (tensor.DataType != dataType)
            throw location.Error(
                $"the tensor {name} is {tensor.DataType}, but {dataType} is required", $"Convert the tensor to {dataType}.");
        int bytes = ArrayShape.BytesOf([.. tensor.Shape], Marshal.SizeOf<T>(), location, LengthBytes);
        long offset = dataStart + tensor.Begin;
        IncrementalRead.RequireAllowed(bytes, location, offset);
        using var content = new FileWindow(source, offset - sourceStart, bytes);
        var values = new T[bytes / Marshal.SizeOf<T>()];
        var data = MemoryMarshal.AsBytes(values.AsSpan());
        IncrementalRead.Fill(content, data, location, offset);
        ArrayLayout.ToNativeOrder(data, Marshal.SizeOf<T>(), isLittleEndian: true);
        return values;
    }
}
