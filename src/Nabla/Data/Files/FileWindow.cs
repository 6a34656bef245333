namespace Nabla;

/// <summary>A range of a file as a stream. Windows have independent positions, so several can be read at once.</summary>
/// <param name="source">The file. It must stay open while the window is used; the window does not close it.</param>
/// <param name="start">Offset of the first byte.</param>
/// <param name="length">Number of bytes; fewer if the file ends earlier.</param>
internal sealed class FileWindow(ByteSource source, long start, long length) : ForwardStream
{
    private long position = start;

    /// <summary>The number of bytes that were not read yet.</summary>
    public long Left { get; private set; } = length;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > Left)
            buffer = buffer[..(int)Left];
        int read = buffer.IsEmpty ? 0 : source.Read(buffer, position);
        position += read;
        Left -= read;
        return read;
    }
}
