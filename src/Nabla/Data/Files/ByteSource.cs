using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>Bytes that can be read at any offset: a file on disk, or memory. Safe for concurrent reading until it is disposed.</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly SafeFileHandle? file;
    private readonly ReadOnlyMemory<byte> memory;

    private ByteSource(SafeFileHandle? file, ReadOnlyMemory<byte> memory, long length)
    {
        this.file = file;
        this.memory = memory;
        Length = length;
    }

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
            return new ByteSource(file, default, RandomAccess.GetLength(file));
        }
        catch (NotSupportedException)
        {
            file.Dispose();
            throw new FileLocation(path).Error("it is a pipe or a device", "Use a file on disk.");
        }
    }

    /// <summary>Uses bytes in memory, which are not copied.</summary>
    public static ByteSource From(ReadOnlyMemory<byte> bytes) => new(null, bytes, bytes.Length);

    /// <summary>Reads bytes at an offset.</summary>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    public int Read(Span<byte> buffer, long offset)
    {
        if (file is not null)
            return RandomAccess.Read(file, buffer, offset);
        if (offset >= memory.Length)
            return 0;
        var rest = memory.Span[(int)offset..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return count;
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
