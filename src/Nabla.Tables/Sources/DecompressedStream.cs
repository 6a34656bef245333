using ICSharpCode.SharpZipLib.GZip;

namespace Nabla.Tables;

/// <summary>The content of a gzip file. Damaged data are an <see cref="InvalidDataException"/>, whatever the decompressor throws.</summary>
/// <param name="compressed">Closed with this stream.</param>
// The runtime's reader takes the end of the file for the end of the content.
internal sealed class DecompressedStream(Stream compressed) : ForwardStream
{
    private const int BufferLength = 1 << 16;

    private readonly GZipInputStream content = new(compressed, BufferLength);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return content.Read(buffer);
        }
        // The decompressor throws various exceptions: its own, IndexOutOfRangeException for a wrong Huffman table, EndOfStreamException.
        catch (Exception error) when (error is not (IOException or OutOfMemoryException) || error is EndOfStreamException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        content.Dispose();
        base.Dispose(disposing);
    }
}
