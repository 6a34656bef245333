using System.IO.Compression;

namespace Nabla;

/// <summary>
/// Decompresses a member of an archive. Its compressed bytes end where the deflate stream ends: bytes behind that would be hidden.
/// </summary>
/// <param name="compressed">Exactly the compressed bytes.</param>
/// <param name="createError">Creates the error of a member with hidden bytes.</param>
internal sealed class InflatedStream(FileWindow compressed, Func<InvalidInputException> createError) : ForwardStream
{
    private readonly DeflateStream inner = new(new LastByteApart(compressed), CompressionMode.Decompress);

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        int read = inner.Read(buffer);
        return read > 0 || compressed.Left == 0 ? read : throw createError();
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// Gives the last byte only to a reader that needs it: the decompressor reads ahead, and does not tell how many bytes it used.
    /// </summary>
    private sealed class LastByteApart(FileWindow window) : ForwardStream
    {
        public override int Read(Span<byte> buffer) =>
            window.Read(window.Left > 1 && buffer.Length >= window.Left ? buffer[..(int)(window.Left - 1)] : buffer);
    }
}
