using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Nabla.Onnx;

/// <summary>A constant tensor: an initializer, or the value of an attribute.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its shape; empty for a single element.</param>
/// <param name="Raw">Its elements, little-endian, row by row; empty if they are texts.</param>
/// <param name="Texts">Its elements if they are texts; else empty.</param>
internal sealed partial record OnnxTensor(
    string Name, OnnxElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Raw, IReadOnlyList<string> Texts)
{
    /// <summary>Creates a tensor of numbers.</summary>
    public static OnnxTensor Create<T>(string name, ReadOnlySpan<T> values, params IReadOnlyList<long> shape)
        where T : unmanaged => BitConverter.IsLittleEndian
            ? new OnnxTensor(name, TypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray(), [])
            : throw new PlatformNotSupportedException("Tensors are written on little-endian machines only.");

    /// <summary>Creates a tensor of texts.</summary>
    public static OnnxTensor Create(string name, IReadOnlyList<string> texts) =>
        new(name, OnnxElementType.Text, [texts.Count], ReadOnlyMemory<byte>.Empty, texts);

    /// <summary>Number of elements.</summary>
    public int Count => Type == OnnxElementType.Text ? Texts.Count : Raw.Length / SizeOf(Type);

    /// <summary>Whether the elements are numbers that <see cref="ToDoubles"/> reads.</summary>
    public bool HasNumbers => SizeOf(Type) > 0;

    /// <summary>The elements as doubles, which hold all types but large 64-bit numbers exactly.</summary>
    public double[] ToDoubles()
    {
        int size = SizeOf(Type);
        var values = new double[Raw.Length / size];
        for (int i = 0; i < values.Length; i++)
            values[i] = ReadElement(Raw.Span.Slice(i * size, size));
        return values;
    }

    /// <summary>The transposed matrix, if it is one.</summary>
    public OnnxTensor Transposed()
    {
        int size = SizeOf(Type), rows = (int)Shape[0], columns = (int)Shape[1];
        var transposed = new byte[Raw.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                Raw.Span.Slice((row * columns + column) * size, size).CopyTo(transposed.AsSpan((column * rows + row) * size));
        }
        return this with { Shape = [Shape[1], Shape[0]], Raw = transposed };
    }

    /// <summary>Bytes of an element; 0 for texts and types that are not read.</summary>
    internal static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Boolean => 1,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 => 2,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
        _ => 0,
    };

    /// <summary>The message of the format.</summary>
    public ProtobufWriter ToMessage()
    {
        var message = new ProtobufWriter();
        foreach (long length in Shape)
            message.Add(Fields.Dims, length);
        message.Add(Fields.DataType, (long)Type);
        foreach (string text in Texts)
            message.Add(Fields.StringData, Encoding.UTF8.GetBytes(text));
        message.AddIfAny(Fields.Name, Name);
        return Type == OnnxElementType.Text ? message : message.Add(Fields.RawData, Raw);
    }

    private static OnnxElementType TypeOf<T>() => default(T) switch
    {
        float => OnnxElementType.Float,
        double => OnnxElementType.Double,
        long => OnnxElementType.Int64,
        bool => OnnxElementType.Boolean,
        _ => throw new ArgumentException($"No tensor of {typeof(T)} is written."),
    };

    private double ReadElement(ReadOnlySpan<byte> element) => Type switch
    {
        OnnxElementType.Float => BinaryPrimitives.ReadSingleLittleEndian(element),
        OnnxElementType.Double => BinaryPrimitives.ReadDoubleLittleEndian(element),
        OnnxElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
        OnnxElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
        OnnxElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(element),
        OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        OnnxElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
        OnnxElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        OnnxElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
        OnnxElementType.Int8 => (sbyte)element[0],
        _ => element[0],
    };

    /// <summary>Numbers of the fields.</summary>
    private static class Fields
    {
        public const int Dims = 1;
        public const int DataType = 2;
        public const int FloatData = 4;
        public const int Int32Data = 5;
        public const int StringData = 6;
        public const int Int64Data = 7;
        public const int Name = 8;
        public const int RawData = 9;
        public const int DoubleData = 10;
        public const int ExternalData = 13;
        public const int DataLocation = 14;
    }
}
