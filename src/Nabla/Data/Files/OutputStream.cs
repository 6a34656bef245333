using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>A file that is being written. What the system did not take is written again; an error stays an error.</summary>
/// <param name="file">The file; the stream does not close it.</param>
/// <param name="output">Writes it.</param>
internal sealed class OutputStream(SafeFileHandle file, IFileOutput output) : Stream
{
    private readonly byte[] buffer = new byte[1 << 16];
    private int filled; // bytes of the buffer that are not in the file yet
    private long start; // where in the file they belong
    private long length;
    private Exception? failure;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => filled > 0 ? Math.Max(length, Position) : length;

    public override long Position
    {
        get => start + filled;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - filled)
            Flush();
        if (bytes.Length >= buffer.Length)
        {
            WriteAll(bytes);
            return;
        }
        bytes.CopyTo(buffer.AsSpan(filled));
        filled += bytes.Length;
    }

    public override void Write(byte[] bytes, int offset, int count) => Write(bytes.AsSpan(offset, count));

    public override void Flush()
    {
        WriteAll(buffer.AsSpan(0, filled));
        filled = 0;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long target = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => Length,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        Flush();
        return start = target;
    }

    public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteAll(ReadOnlySpan<byte> bytes)
    {
        // A writer may have swallowed the error: the file must not be taken for complete.
        if (failure is not null)
            throw new IOException(failure.Message, failure);
        try
        {
            output.WriteAll(file, start, bytes);
            start += bytes.Length;
            length = Math.Max(length, start);
        }
        catch (Exception error)
        {
            failure = error;
            throw;
        }
    }
}
