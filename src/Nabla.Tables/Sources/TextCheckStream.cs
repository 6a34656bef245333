using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Nabla.Tables;

/// <summary>Passes a text through, and refuses bytes that are not UTF-8 where they are.</summary>
internal sealed class TextCheckStream(Stream text, string name) : ForwardStream
{
    private readonly byte[] carried = new byte[4]; // an unfinished character at the end of the last part
    private int carriedLength;
    private long position;
    private long line = 1;

    public override int Read(Span<byte> buffer)
    {
        int read = text.Read(buffer);
        if (read > 0)
            Check(buffer[..read]);
        else if (carriedLength > 0 && !buffer.IsEmpty)
            throw Error(carried[0], position - carriedLength);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> part)
    {
        long start = position;
        position += part.Length;
        while (carriedLength > 0 && !part.IsEmpty)
        {
            carried[carriedLength++] = part[0];
            part = part[1..];
            start++;
            var status = Rune.DecodeFromUtf8(carried.AsSpan(0, carriedLength), out _, out _);
            if (status == OperationStatus.InvalidData)
                throw Error(carried[0], start - carriedLength);
            if (status == OperationStatus.Done)
                carriedLength = 0;
        }
        int zero = part.IndexOf((byte)0);
        var checkedPart = zero < 0 ? part : part[..zero];
        int valid = Utf8.IsValid(checkedPart) ? checkedPart.Length : ValidLength(checkedPart);
        line += checkedPart[..valid].Count((byte)'\n');
        var rest = checkedPart[valid..];
        if (!rest.IsEmpty && (zero >= 0 || Rune.DecodeFromUtf8(rest, out _, out _) == OperationStatus.InvalidData))
            throw Error(rest[0], start + valid);
        if (zero >= 0)
            throw Error(0, start + zero);
        rest.CopyTo(carried);
        carriedLength = rest.Length;
    }

    private static int ValidLength(ReadOnlySpan<byte> part)
    {
        int valid = 0;
        while (Rune.DecodeFromUtf8(part[valid..], out _, out int consumed) == OperationStatus.Done)
            valid += consumed;
        return valid;
    }

    private InvalidInputException Error(byte value, long at) => new(
        $"cannot read {name}", $"line {line}, byte {at}", $"byte 0x{value:X2} is not part of a text in UTF-8",
        "Save the file as CSV in UTF-8; in Excel, choose \"CSV UTF-8\".");
}
