using System.Buffers;

namespace Nabla;

/// <summary>
/// Reads as many bytes as a file claims to have. The result is allocated when half of its bytes have been read, so that a claim costs no
/// more memory than twice what is there.
/// </summary>
internal static class IncrementalRead
{
    private const int Trusted = 1 << 15; // as many bytes may be allocated before the first one is read
    private const int Growth = 4;
    private const int FirstRead = 1 << 12;

    /// <summary>Reads exactly <paramref name="count"/> bytes.</summary>
    /// <param name="stream">Read from its current position.</param>
    /// <param name="count">The number of bytes that the file claims.</param>
    /// <param name="location">The file, for the message.</param>
    /// <param name="offset">The stream's position in the file.</param>
    /// <exception cref="InvalidInputException">The stream ends early, or its compressed data are damaged.</exception>
    public static byte[] Exactly(Stream stream, int count, FileLocation location, long offset)
    {
        byte[] pooled = [];
        int filled = 0;
        try
        {
            while (count > Trusted && filled < count / 2)
            {
                int size = (int)Math.Min(count / 2, Math.Max(Trusted, (long)Growth * filled));
                pooled = Enlarge(pooled, filled, size);
                Fill(stream, pooled.AsSpan(filled, size - filled), location, offset + filled, count - size);
                filled = size;
            }
            var buffer = GC.AllocateUninitializedArray<byte>(count);
            pooled.AsSpan(0, filled).CopyTo(buffer);
            Fill(stream, buffer.AsSpan(filled), location, offset + filled);
            return buffer;
        }
        finally
        {
            Return(pooled);
        }
    }

    /// <summary>Fills a buffer.</summary>
    /// <param name="stream">Read from its current position.</param>
    /// <param name="buffer">As many bytes are read.</param>
    /// <param name="location">The file, for the message.</param>
    /// <param name="offset">The stream's position in the file.</param>
    /// <param name="later">Bytes that are expected after these, for the message.</param>
    /// <exception cref="InvalidInputException">The stream ends early, or its compressed data are damaged.</exception>
    public static void Fill(Stream stream, Span<byte> buffer, FileLocation location, long offset, int later = 0)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = Some(stream, buffer[filled..], location, offset + filled);
            if (read == 0)
                throw location.Error(
                    offset + filled, $"it ends there, but {(long)buffer.Length - filled + later} more bytes are expected",
                    FileLocation.CopyAgain);
            filled += read;
        }
    }

    /// <summary>Reads bytes until there are as many as asked for, or the stream ends.</summary>
    /// <exception cref="InvalidInputException">The stream's compressed data are damaged.</exception>
    public static byte[] AtMost(Stream stream, int count, FileLocation location, long offset)
    {
        byte[] buffer = [];
        int filled = 0, read;
        do
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(count, Math.Max(2L * filled, FirstRead)));
            read = Some(stream, buffer.AsSpan(filled), location, offset + filled);
            filled += read;
        }
        while (read > 0 && filled < count);
        return buffer[..filled];
    }

    /// <summary>Reads exactly the bytes of an array or of tensors, unless they are more than <see cref="ReadLimit"/> allows.</summary>
    /// <inheritdoc cref="Exactly"/>
    public static byte[] Data(Stream stream, int count, FileLocation location, long offset)
    {
        RequireAllowed(count, location, offset);
        return Exactly(stream, count, location, offset);
    }

    /// <summary>Fails if bytes are more than <see cref="ReadLimit"/> allows.</summary>
    /// <exception cref="InvalidInputException">They are.</exception>
    public static void RequireAllowed(long count, FileLocation location, long offset)
    {
        if (ReadLimit.WhyNot(count) is { } why)
            throw location.Error(offset, why, ReadLimit.Raise);
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

    /// <summary>A larger buffer of the pool, with the same bytes at its start; the smaller one goes back.</summary>
    private static byte[] Enlarge(byte[] buffer, int filled, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(length);
        buffer.AsSpan(0, filled).CopyTo(larger);
        Return(buffer);
        return larger;
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
