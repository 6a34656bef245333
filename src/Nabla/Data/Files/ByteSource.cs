using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Bytes that can be read at any offset: a file on disk, or memory. Safe for concurrent reading until it is disposed.</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly SafeFileHandle? file;
    private readonly ReadAt read;

    private ByteSource(SafeFileHandle? file, long length, ReadAt read)
    {
        this.file = file;
        this.read = read;
        Length = length;
    }

    /// <summary>Reads bytes at an offset below the length.</summary>
    /// <returns>The number of bytes read, at least one unless the buffer is empty or the file has become shorter.</returns>
    public delegate int ReadAt(Span<byte> buffer, long offset);

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>Opens a file for reading at any offset.</summary>
    /// <exception cref="InvalidInputException">It is a folder, a pipe or a device.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ByteSource Open(string path)
    {
        if (Directory.Exists(path)) // the system would report a lack of permission
            throw new FileLocation(path).Error("it is a folder", "Use a file on disk.");
        var file = File.OpenHandle(path);
        try
        {
            return new ByteSource(file, RandomAccess.GetLength(file), (buffer, offset) => RandomAccess.Read(file, buffer, offset));
        }
        catch (NotSupportedException)
        {
            file.Dispose();
            throw new FileLocation(path).Error("it is a pipe or a device", "Use a file on disk.");
        }
    }

    /// <summary>Uses bytes in memory, which are not copied.</summary>
    public static ByteSource From(ReadOnlyMemory<byte> bytes) => From(bytes.Length, (buffer, offset) =>
    {
        var rest = bytes.Span[(int)offset..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return count;
    });

    /// <summary>Uses bytes that are computed when they are read.</summary>
    public static ByteSource From(long length, ReadAt read) => new(null, length, read);

    /// <summary>Reads bytes at an offset.</summary>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    public int Read(Span<byte> buffer, long offset) => offset >= Length ? 0 : read(buffer, offset);

    /// <summary>Opens a file for what keeps it open. If that fails, the file is closed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">What keeps it.</param>
    public static T OpenFor<T>(string path, Func<ByteSource, T> use)
    {
        var source = Open(path);
        try
        {
            return use(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Fills a buffer from an offset. The file had bytes there when it was opened.</summary>
    /// <param name="buffer">As many bytes are read.</param>
    /// <param name="offset">Where the first of them is.</param>
    /// <param name="location">The file, for the message.</param>
    /// <exception cref="InvalidInputException">The file has become shorter.</exception>
    public void ReadExactly(Span<byte> buffer, long offset, FileLocation location)
    {
        while (!buffer.IsEmpty)
        {
            int count = Read(buffer, offset);
            if (count == 0)
            {
                throw location.Error(
                    offset, $"it ends there, but {buffer.Length} more bytes are expected: it has become shorter while it was in use",
                    "Write the file again, and do not change it while it is read.");
            }
            buffer = buffer[count..];
            offset += count;
        }
    }

    /// <summary>The first bytes, enough to detect the format.</summary>
    public byte[] Start()
    {
        var start = new byte[FileFormat.BytesNeeded];
        return start[..Read(start, 0)];
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file?.Dispose();
}
