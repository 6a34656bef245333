using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nabla;

/// <summary>
/// Writes safetensors files: a header, padded so that the data begin at a multiple of 8 bytes, and the tensors in the given order.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    public static void Write<T>(
        Stream stream,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<T> Values)> tensors,
        string dataType)
        where T : unmanaged
    {
        stream.Write(Header(metadata, tensors, dataType));
        foreach (var tensor in tensors)
            WriteValues(stream, tensor.Values.Span);
    }

    /// <summary>The length and the text of the header.</summary>
    /// <exception cref="ArgumentException">The reader would refuse it, or read other metadata or names.</exception>
    public static byte[] Header<T>(
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<(string Name, int[] Shape, ReadOnlyMemory<T> Values)> tensors,
        string dataType)
        where T : unmanaged
    {
        using var text = new MemoryStream();
        text.Write(stackalloc byte[sizeof(ulong)]); // room for the length
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach (var (name, shape, values) in tensors)
                WriteTensor(json, name, shape, dataType, offset, offset += (long)values.Length * Marshal.SizeOf<T>());
            json.WriteEndObject();
        }
        while (text.Length % Alignment != 0)
            text.WriteByte((byte)' ');
        var header = text.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - sizeof(ulong)));
        RequireReadable(header, metadata, tensors.Select(tensor => tensor.Name));
        return header;
    }

    private static void RequireReadable(byte[] header, IReadOnlyDictionary<string, string> metadata, IEnumerable<string> names)
    {
        SafetensorsHeader read;
        try
        {
            read = SafetensorsFile.ReadHeader(header);
        }
        catch (InvalidInputException error)
        {
            throw new ArgumentException(error.Why, error);
        }
        // The writer of JSON replaces half surrogates.
        if (metadata.FirstOrDefault(pair => read.Metadata.GetValueOrDefault(pair.Key) != pair.Value) is { Key: { } key })
            throw new ArgumentException($"The metadata '{key}' are not valid Unicode.");
        if (names.Except(read.Tensors.Select(tensor => tensor.Name)).FirstOrDefault() is { } name)
            throw new ArgumentException($"The tensor name '{name}' is not valid Unicode.");
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) // the order of a dictionary is not defined
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, int[] shape, string dataType, long begin, long end)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", dataType);
        json.WriteStartArray("shape");
        foreach (int size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the bytes of a tensor.</summary>
    public static void WriteValues<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(bytes);
            return;
        }
        byte[] swapped = bytes.ToArray();
        ArrayLayout.ToNativeOrder(swapped, Marshal.SizeOf<T>(), isLittleEndian: true);
        stream.Write(swapped);
    }
}
