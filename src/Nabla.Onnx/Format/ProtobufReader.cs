using System.Buffers.Binary;
using System.Text;

namespace Nabla.Onnx;

/// <summary>
/// Reads the fields of a message of the Protocol Buffers format. A message in a field is read in place, so that nothing is copied, and no
/// length in the file leads to memory that the file does not fill.
/// </summary>
/// <remarks>Throws <see cref="InvalidDataException"/> where bytes are not such a message.</remarks>
internal sealed class ProtobufReader
{
    private const int LongestVarint = 10;
    private const int DeepestGroup = 100;
    private const int Varint = 0, Eight = 1, Delimited = 2, GroupStart = 3, GroupEnd = 4, Four = 5; // the wire types

    private readonly byte[] bytes;
    private readonly int end;
    private readonly Progress progress;
    private int position;
    private int type;

    public ProtobufReader(byte[] bytes)
        : this(bytes, 0, bytes.Length, new Progress())
    {
    }

    private ProtobufReader(byte[] bytes, int start, int length, Progress progress)
    {
        this.bytes = bytes;
        this.progress = progress;
        position = start;
        end = start + length;
    }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Where the field begins that was read last, in this message or in one within it: the place of an error.</summary>
    public int LastField => progress.LastField;

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    public bool Next()
    {
        progress.LastField = position;
        if (position == end)
            return false;
        ulong tag = ReadVarint();
        Field = (int)(tag >> 3);
        type = (int)(tag & 7);
        return tag <= uint.MaxValue && Field > 0 ? true : throw Incomplete();
    }

    /// <summary>Passes over the current field.</summary>
    public void Skip()
    {
        for (int depth = 0; ;)
        {
            switch (type)
            {
                case Varint: ReadVarint(); break;
                case Eight: Take(sizeof(double)); break;
                case Delimited: Take(ReadLength()); break;
                case GroupStart when depth < DeepestGroup: depth++; break;
                case GroupEnd when depth > 0: depth--; break;
                case Four: Take(sizeof(float)); break;
                default: throw Incomplete();
            }
            if (depth == 0)
                return;
            if (!Next())
                throw Incomplete();
        }
    }

    public long Number()
    {
        Require(Varint);
        return (long)ReadVarint();
    }

    public float Float()
    {
        Require(Four);
        return BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(Take(sizeof(float))));
    }

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    /// <summary>The bytes of the current field, which are not copied.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        Require(Delimited);
        int length = ReadLength();
        return bytes.AsMemory(Take(length), length);
    }

    /// <summary>The message in the current field.</summary>
    public ProtobufReader Message()
    {
        Require(Delimited);
        int length = ReadLength();
        return new ProtobufReader(bytes, Take(length), length, progress);
    }

    /// <summary>The whole numbers of the current field: one, or several that are packed.</summary>
    public IEnumerable<long> Numbers()
    {
        if (type == Varint)
        {
            yield return (long)ReadVarint();
            yield break;
        }
        for (var packed = Message(); packed.position < packed.end;)
            yield return (long)packed.ReadVarint();
    }

    /// <summary>The bytes of the floats of the current field: one, or several that are packed.</summary>
    public ReadOnlyMemory<byte> Floats() => type == Four ? bytes.AsMemory(Take(sizeof(float)), sizeof(float)) : Bytes();

    /// <summary>The bytes of the doubles of the current field: one, or several that are packed.</summary>
    public ReadOnlyMemory<byte> Doubles() => type == Eight ? bytes.AsMemory(Take(sizeof(double)), sizeof(double)) : Bytes();

    private static InvalidDataException Incomplete() => new("it is not a complete message of the format");

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            byte next = bytes[Take(1)];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return value;
        }
        throw Incomplete();
    }

    private int ReadLength() => ReadVarint() is var length && length <= (ulong)(end - position) ? (int)length : throw Incomplete();

    /// <summary>Passes over bytes, and returns where they begin.</summary>
    private int Take(int count)
    {
        int start = position;
        if (count > end - position)
            throw Incomplete();
        position += count;
        return start;
    }

    private void Require(int expected)
    {
        if (type != expected)
            throw new InvalidDataException($"field {Field} of a message has the wire type {type}, and {expected} is expected");
    }

    /// <summary>How far a file has been read, which all of its messages share.</summary>
    private sealed class Progress
    {
        public int LastField { get; set; }
    }
}
