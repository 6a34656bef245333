using Google.Protobuf;

namespace Nabla.Onnx;

/// <summary>
/// Reads the fields of a message of the Protocol Buffers format. A message in a field is read in place, so that nothing is copied, and no
/// length in the file leads to memory that the file does not fill.
/// </summary>
/// <remarks>Throws <see cref="InvalidProtocolBufferException"/> where bytes are not such a message.</remarks>
#pragma warning disable CA1001 // a stream over an array in memory holds nothing to dispose of
internal sealed class ProtobufReader
#pragma warning restore CA1001
{
    private readonly byte[] bytes;
    private readonly CodedInputStream input;
    private readonly int end;
    private WireFormat.WireType type;

    public ProtobufReader(byte[] bytes)
        : this(bytes, 0, bytes.Length)
    {
    }

    private ProtobufReader(byte[] bytes, int start, int length)
    {
        this.bytes = bytes;
        input = new CodedInputStream(bytes, start, length);
        end = start + length;
    }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    public bool Next()
    {
        uint tag = input.ReadTag();
        Field = WireFormat.GetTagFieldNumber(tag);
        type = WireFormat.GetTagWireType(tag);
        return tag != 0;
    }

    /// <summary>Passes over the current field.</summary>
    public void Skip() => input.SkipLastField();

    public long Number()
    {
        Require(WireFormat.WireType.Varint);
        return input.ReadInt64();
    }

    public float Float()
    {
        Require(WireFormat.WireType.Fixed32);
        return input.ReadFloat();
    }

    public string Text()
    {
        Require(WireFormat.WireType.LengthDelimited);
        return input.ReadString();
    }

    /// <summary>The bytes of the current field, which are not copied.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        var (start, length) = Range();
        return bytes.AsMemory(start, length);
    }

    /// <summary>The message in the current field.</summary>
    public ProtobufReader Message()
    {
        var (start, length) = Range();
        return new ProtobufReader(bytes, start, length);
    }

    /// <summary>The whole numbers of the current field: one, or several that are packed.</summary>
    public IEnumerable<long> Numbers()
    {
        if (type == WireFormat.WireType.Varint)
        {
            yield return input.ReadInt64();
            yield break;
        }
        for (var packed = Message(); packed.input.Position < packed.end;)
            yield return packed.input.ReadInt64();
    }

    /// <summary>The bytes of the floats of the current field: one, or several that are packed.</summary>
    public ReadOnlyMemory<byte> Floats() => Fixed(WireFormat.WireType.Fixed32, sizeof(float));

    /// <summary>The bytes of the doubles of the current field: one, or several that are packed.</summary>
    public ReadOnlyMemory<byte> Doubles() => Fixed(WireFormat.WireType.Fixed64, sizeof(double));

    private ReadOnlyMemory<byte> Fixed(WireFormat.WireType single, int size)
    {
        if (type != single)
            return Bytes();
        int start = (int)input.Position;
        input.SkipLastField();
        return bytes.AsMemory(start, size);
    }

    private (int Start, int Length) Range()
    {
        Require(WireFormat.WireType.LengthDelimited);
        int start = (int)input.Position;
        input.SkipLastField();
        int next = (int)input.Position;
        int length = new CodedInputStream(bytes, start, next - start).ReadLength();
        return (next - length, length);
    }

    private void Require(WireFormat.WireType expected)
    {
        if (type != expected)
            throw new InvalidDataException($"field {Field} of a message is {type} where {expected} is expected");
    }
}
