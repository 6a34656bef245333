namespace Nabla;

/// <summary>Reads as many bytes as a file claims to have. Memory grows only as bytes are actually read.</summary>
internal static class IncrementalRead
{
    private const int FirstChunk = 1 << 20;
    private const int Growth = 4;

    /// <summary>Reads exactly <paramref name="count"/> bytes.</summary>
    /// <param name="stream">Read from its current position.</param>
    /// <param name="count">The number of bytes that the file claims.</param>
    /// <param name="location">The file, for the message.</param>
    /// <param name="offset">The stream's position in the file.</param>
    /// <exception cref="InvalidInputException">The stream ends early, or its compressed data are damaged.</exception>
    public static byte[] Exactly(Stream stream, int count, FileLocation location, long offset)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(Math.Min(count, FirstChunk));
        int filled = 0;
        while (filled < count)
        {
            if (filled == buffer.Length)
                buffer = Grow(buffer, (int)Math.Min(count, (long)Growth * buffer.Length));
            int read = Some(stream, buffer.AsSpan(filled), location, offset + filled);
            if (read == 0)
                throw location.Error(
                    offset + filled, $"it ends there, but {count - filled} more bytes are expected", FileLocation.CopyAgain);
            filled += read;
        }
        return buffer;
    }

    /// <summary>Reads bytes until there are as many as asked for, or the stream ends.</summary>
    /// <exception cref="InvalidInputException">The stream's compressed data are damaged.</exception>
    public static byte[] AtMost(Stream stream, int count, FileLocation location, long offset)
    {
        var buffer = new byte[count];
        int filled = 0;
        while (filled < count && Some(stream, buffer.AsSpan(filled), location, offset + filled) is var read and > 0)
            filled += read;
        return buffer[..filled];
    }

    /// <summary>Fails if the stream does not end here.</summary>
    /// <exception cref="InvalidInputException">The stream has another byte, or its compressed data are damaged.</exception>
    public static void RequireEnd(Stream stream, FileLocation location, long offset)
    {
        Span<byte> next = stackalloc byte[1];
        if (Some(stream, next, location, offset) != 0)
            throw location.Error(offset, "more bytes follow where it should end", FileLocation.CopyAgain);
    }

    private static int Some(Stream stream, Span<byte> buffer, FileLocation location, long offset)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw location.Error(offset, "the compressed data are damaged", FileLocation.CopyAgain, e);
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = GC.AllocateUninitializedArray<byte>(length);
        buffer.CopyTo(larger, 0);
        return larger;
    }
}
