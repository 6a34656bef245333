using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Nabla.Tables;

/// <summary>Passes a text through in UTF-8, and refuses what is not text where it is.</summary>
/// <param name="text">Closed with this stream. What is not valid in the file's encoding is an exception.</param>
/// <param name="name">What the text is called in messages.</param>
/// <param name="encoding">The file's encoding, for messages.</param>
/// <param name="start">Where the text begins in the file; null if the file is not in UTF-8, and its bytes are others.</param>
internal sealed class TextCheckStream(Stream text, string name, string encoding, int? start) : ForwardStream
{
    private readonly byte[] carried = new byte[4]; // an unfinished character at the end of the last part
    private int carriedLength;
    private long position = start ?? 0;
    private long line = 1;

    public override int Read(Span<byte> buffer)
    {
        int read = ReadText(buffer);
        if (read > 0)
            Check(buffer[..read]);
        else if (carriedLength > 0 && !buffer.IsEmpty)
            throw Error(carried[0], position - carriedLength);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        text.Dispose();
        base.Dispose(disposing);
    }

    private int ReadText(Span<byte> buffer)
    {
        try
        {
            return text.Read(buffer);
        }
        catch (DecoderFallbackException error)
        {
            // It comes with a few kilobytes that have not been counted.
            throw Error($"line {line} or later", $"bytes 0x{Convert.ToHexString(error.BytesUnknown.AsSpan())} are");
        }
    }

    private void Check(ReadOnlySpan<byte> part)
    {
        long at = position;
        position += part.Length;
        while (carriedLength > 0 && !part.IsEmpty)
        {
            carried[carriedLength++] = part[0];
            part = part[1..];
            at++;
            var status = Rune.DecodeFromUtf8(carried.AsSpan(0, carriedLength), out _, out _);
            if (status == OperationStatus.InvalidData)
                throw Error(carried[0], at - carriedLength);
            if (status == OperationStatus.Done)
                carriedLength = 0;
        }
        if (carriedLength > 0)
            return;
        int zero = part.IndexOf((byte)0);
        var checkedPart = zero < 0 ? part : part[..zero];
        int valid = Utf8.IsValid(checkedPart) ? checkedPart.Length : ValidLength(checkedPart);
        line += checkedPart[..valid].Count((byte)'\n');
        var rest = checkedPart[valid..];
        if (!rest.IsEmpty && (zero >= 0 || Rune.DecodeFromUtf8(rest, out _, out _) == OperationStatus.InvalidData))
            throw Error(rest[0], at + valid);
        if (zero >= 0)
            throw Error(0, at + zero);
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

    private InvalidInputException Error(byte value, long at) =>
        Error(start is null ? $"line {line}" : $"line {line}, byte {at}", $"byte 0x{value:X2} is");

    private InvalidInputException Error(string where, string what) => new(
        $"cannot read {name}", where, $"{what} not part of a text in {encoding}",
        "Save the file as CSV in UTF-8; in Excel, choose \"CSV UTF-8\".");
}
