using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>A range of a file as a stream. Windows have independent positions, so several can be read at once.</summary>
/// <param name="file">The file. It must stay open while the window is used; the window does not close it.</param>
/// <param name="start">Offset of the first byte.</param>
/// <param name="length">Number of bytes; fewer if the file ends earlier.</param>
internal sealed class FileWindow(SafeFileHandle file, long start, long length) : ForwardStream
{
    private long position = start;
    private long left = length;

    /// <summary>Opens a file for reading at any offset.</summary>
    /// <exception cref="InvalidInputException">It is a folder, a pipe or a device.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle Open(string path, out long length)
    {
        if (Directory.Exists(path)) // the system would report a lack of permission
            throw new FileLocation(path).Error("it is a folder", "Use a file on disk.");
        var file = File.OpenHandle(path);
        try
        {
            length = RandomAccess.GetLength(file);
            return file;
        }
        catch (NotSupportedException)
        {
            file.Dispose();
            throw new FileLocation(path).Error("it is a pipe or a device", "Use a file on disk.");
        }
    }

    /// <summary>The first bytes of a file, enough to detect its format.</summary>
    public static byte[] StartOf(SafeFileHandle file)
    {
        var start = new byte[FileFormat.BytesNeeded];
        return start[..RandomAccess.Read(file, start, 0)];
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > left)
            buffer = buffer[..(int)left];
        int read = buffer.IsEmpty ? 0 : RandomAccess.Read(file, buffer, position);
        position += read;
        left -= read;
        return read;
    }
}
