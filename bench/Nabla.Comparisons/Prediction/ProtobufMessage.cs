using Google.Protobuf;

namespace Nabla.Comparisons;

/// <summary>One message of the Protocol Buffers format, written field by field.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<byte> bytes = [];

    public ProtobufMessage Add(int field, long value) => Add(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    public ProtobufMessage Add(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    public ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        var copy = ByteString.CopyFrom(value);
        return Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(copy));
    }

    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.ToArray());

    public byte[] ToArray() => [.. bytes];

    private ProtobufMessage Add(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteTag(field, type);
        write(output);
        output.Flush();
        bytes.AddRange(stream.ToArray());
        return this;
    }
}
