using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

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

    private readonly SafeFileHandle file;
    private readonly FileLocation location;
    private readonly long dataStart;
    private readonly SafetensorsHeader header;
    private readonly Dictionary<string, SafetensorsTensor> byName;

    private SafetensorsFile(SafeFileHandle file, FileLocation location, long dataStart, SafetensorsHeader header)
    {
        this.file = file;
        this.location = location;
        this.dataStart = dataStart;
        this.header = header;
        byName = header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InvalidInputException">The file is not a safetensors file, is truncated, or contradicts its header.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static SafetensorsFile Read(string path)
    {
        var file = FileWindow.Open(path, out long length);
        try
        {
            var location = new FileLocation(path);
            using var content = new FileWindow(file, 0, length);
            long headerLength = ReadHeaderLength(content, file, length, location);
            var header = SafetensorsHeader.Parse(
                IncrementalRead.Exactly(content, (int)headerLength, location, LengthBytes), location, LengthBytes);
            long dataStart = LengthBytes + headerLength;
            CheckCoverage(header, length - dataStart, location);
            return new SafetensorsFile(file, location, dataStart, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The metadata: text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors, in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => header.Tensors;

    /// <summary>Reads a tensor of type F32, in C order.</summary>
    /// <exception cref="InvalidInputException">There is no such tensor, or it is of another type.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public float[] ReadSingles(string name) => ReadValues<float>(name, "F32");

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
        SafetensorsWriter.Write(path, metadata, tensors, "F32");

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
        SafetensorsWriter.Write(path, metadata, tensors, "F64");

    /// <summary>The tensor with that name, or null. Fast even if a header names a million tensors.</summary>
    internal SafetensorsTensor? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{location.File}: {Tensors.Count} tensors";

    private static long ReadHeaderLength(Stream content, SafeFileHandle file, long length, FileLocation location)
    {
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(IncrementalRead.Exactly(content, LengthBytes, location, 0));
        ulong most = (ulong)Math.Min(length - LengthBytes, MaxHeaderLength);
        return claimed <= most ? (long)claimed : throw location.Error(
            0,
            $"the header claims {claimed} bytes, and at most {most} are possible: "
                + $"it seems to be {FileFormat.Describe(FileWindow.StartOf(file))}",
            "Use a .safetensors file as model.Save writes it; if it is one, it is damaged: copy it again.");
    }

    /// <summary>The format requires that the tensors fill the data without gaps or overlaps.</summary>
    private static void CheckCoverage(SafetensorsHeader header, long dataLength, FileLocation location)
    {
        long covered = 0;
        foreach (var tensor in header.Tensors)
        {
            if (tensor.Begin != covered)
                throw location.Error(
                    $"the tensor {tensor.Name} begins at byte {tensor.Begin} of the data instead of {covered}", FileLocation.CopyAgain);
            covered = tensor.End;
        }
        if (covered != dataLength)
            throw location.Error(
                $"the tensors take {covered} bytes, but {dataLength} follow the header", FileLocation.CopyAgain);
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
        using var content = new FileWindow(file, dataStart + tensor.Begin, bytes);
        var data = IncrementalRead.Exactly(content, bytes, location, dataStart + tensor.Begin);
        ArrayLayout.ToNativeOrder(data, Marshal.SizeOf<T>(), isLittleEndian: true);
        return MemoryMarshal.Cast<byte, T>(data).ToArray();
    }
}
