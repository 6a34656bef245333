namespace Nabla.Fuzz;

/// <summary>A message of the Protocol Buffers format as a tree, so that a change in it leaves all lengths right.</summary>
internal sealed class ProtobufTree
{
    private const int Deepest = 8;

    private ulong tag;
    private ulong number; // of a varint
    private byte[] bytes = []; // of any other field that is not a message
    private List<ProtobufTree>? fields; // of a message

    /// <summary>The fields of a message; null if bytes are not one.</summary>
    public static List<ProtobufTree>? Parse(ReadOnlySpan<byte> message, int depth = 0)
    {
        var fields = new List<ProtobufTree>();
        while (!message.IsEmpty)
        {
            if (!TryVarint(ref message, out ulong tag) || tag >> 3 is 0 or > 100)
                return null;
            var field = new ProtobufTree { tag = tag };
            if (!field.TryReadValue(ref message, depth))
                return null;
            fields.Add(field);
        }
        return fields;
    }

    /// <summary>Changes one field somewhere.</summary>
    public static void Mutate(List<ProtobufTree> fields, Mutator mutator, Rng rng)
    {
        if (fields.Count == 0)
            return;
        int at = rng.Below(fields.Count);
        var field = fields[at];
        if (field.fields is { Count: > 0 } inner && !rng.OneIn(6))
        {
            Mutate(inner, mutator, rng);
            return;
        }
        switch (rng.Below(6))
        {
            case 0: fields.RemoveAt(at); break;
            case 1: fields.Insert(rng.Below(fields.Count), field); break;
            case 2: field.tag = ((ulong)rng.Below(16) << 3) | (field.tag & 7); break;
            case 3: fields.Reverse(at, Math.Min(2, fields.Count - at)); break;
            default: field.Change(mutator, rng); break;
        }
    }

    public static byte[] Write(List<ProtobufTree> fields)
    {
        var output = new List<byte>();
        foreach (var field in fields)
        {
            Varint(output, field.tag);
            byte[] content = field.fields is null ? field.bytes : Write(field.fields);
            if ((field.tag & 7) == 0)
                Varint(output, field.number);
            else if ((field.tag & 7) == 2)
                Varint(output, (ulong)content.Length);
            if ((field.tag & 7) != 0)
                output.AddRange(content);
        }
        return [.. output];
    }

    private void Change(Mutator mutator, Rng rng)
    {
        if ((tag & 7) == 0)
            number = rng.OneIn(2) ? number + (ulong)rng.Below(5) - 2 : rng.Pick<ulong>([0, 1, 2, 7, 127, 1 << 16, 1ul << 31, 1ul << 32,
                1ul << 63, ulong.MaxValue]);
        else if (fields is null)
            bytes = (tag & 7) == 2 ? mutator.Mutate(bytes, rng) : [.. bytes.Select(_ => (byte)rng.Next())];
    }

    private bool TryReadValue(ref ReadOnlySpan<byte> message, int depth)
    {
        int length = (tag & 7) switch { 1 => 8, 5 => 4, _ => 0 };
        switch (tag & 7)
        {
            case 0: return TryVarint(ref message, out number);
            case 1 or 5: break;
            case 2 when TryVarint(ref message, out ulong claimed) && claimed <= (ulong)message.Length: length = (int)claimed; break;
            default: return false;
        }
        if (length > message.Length)
            return false;
        bytes = message[..length].ToArray();
        message = message[length..];
        if ((tag & 7) == 2 && length > 1 && depth < Deepest)
            fields = Parse(bytes, depth + 1);
        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && !message.IsEmpty; shift += 7)
        {
            byte next = message[0];
            message = message[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return true;
        }
        return false;
    }

    private static void Varint(List<byte> output, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            output.Add((byte)(value | 0x80));
        output.Add((byte)value);
    }
}
