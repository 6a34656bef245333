namespace Nabla;

/// <summary>Reads from a stream, and computes the CRC-32 of the bytes.</summary>
/// <param name="inner">Closed with this stream.</param>
internal sealed class ChecksummedStream(Stream inner) : ForwardStream
{
    /// <summary>CRC-32 of all bytes read so far.</summary>
    public uint Checksum { get; private set; }

    /// <summary>Number of bytes read so far.</summary>
    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        Checksum = Crc32.Update(Checksum, buffer[..read]);
        BytesRead += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
