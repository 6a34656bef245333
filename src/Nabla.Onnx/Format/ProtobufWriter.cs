using Google.Protobuf;

namespace Nabla.Onnx;

/// <summary>A message of the Protocol Buffers format that is written field by field; its length is known before it is written.</summary>
internal sealed class ProtobufWriter
{
    private readonly List<Action<CodedOutputStream>> fields = [];

    /// <summary>Length of all fields together, in bytes.</summary>
    public long Length { get; private set; }

    public ProtobufWriter Add(int field, long value) =>
        Add(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), output => output.WriteInt64(value));

    public ProtobufWriter Add(int field, float value) =>
        Add(field, WireFormat.WireType.Fixed32, sizeof(float), output => output.WriteFloat(value));

    public ProtobufWriter Add(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(value), output => output.WriteString(value));

    /// <summary>Adds bytes, which are not copied.</summary>
    public ProtobufWriter Add(int field, ReadOnlyMemory<byte> value) => Add(
        field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(value.Length) + value.Length,
        output => output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value)));

    public ProtobufWriter Add(int field, ProtobufWriter message)
    {
        int length = checked((int)message.Length);
        return Add(field, WireFormat.WireType.LengthDelimited, checked(CodedOutputStream.ComputeLengthSize(length) + length), output =>
        {
            output.WriteLength(length);
            message.WriteFields(output);
        });
    }

    /// <summary>Adds a field for each message.</summary>
    public ProtobufWriter Add(int field, IEnumerable<ProtobufWriter> messages)
    {
        foreach (var message in messages)
            Add(field, message);
        return this;
    }

    /// <summary>Adds a field for each text.</summary>
    public ProtobufWriter Add(int field, IEnumerable<string> values)
    {
        foreach (string value in values)
            Add(field, value);
        return this;
    }

    /// <summary>Adds a text; nothing if it is empty, which is the default of the format.</summary>
    public ProtobufWriter AddIfAny(int field, string value) => value.Length == 0 ? this : Add(field, value);

    public void WriteTo(Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        WriteFields(output);
        output.Flush();
    }

    private ProtobufWriter Add(int field, WireFormat.WireType type, int length, Action<CodedOutputStream> write)
    {
        Length += CodedOutputStream.ComputeTagSize(field) + (long)length;
        fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }

    private void WriteFields(CodedOutputStream output)
    {
        foreach (var write in fields)
            write(output);
    }
}
