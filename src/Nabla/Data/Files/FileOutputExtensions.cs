using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>What is written by several operations of <see cref="IFileOutput"/>.</summary>
public static class FileOutputExtensions
{
    private const int Interrupted = 4; // EINTR
    private const int MostInterruptions = 100;

    /// <summary>Writes all bytes: what the system does not take at once is written again.</summary>
    /// <param name="output">Writes them.</param>
    /// <param name="file">A file that <see cref="IFileOutput.Create"/> or <see cref="IFileOutput.Open"/> opened.</param>
    /// <param name="offset">Where in the file.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="IOException">They cannot be written, or do not fit the disk.</exception>
    public static void WriteAll(this IFileOutput output, SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(output);
        while (bytes.Length > 0)
        {
            int written = WriteSome(output, file, offset, bytes);
            offset += written;
            bytes = bytes[written..];
        }
    }

    private static int WriteSome(IFileOutput output, SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        for (int interruptions = 1; ; interruptions++)
        {
            try
            {
                int written = output.Write(file, offset, bytes);
                return written > 0 ? written : throw new IOException("no byte could be written");
            }
            catch (IOException error) when (error.HResult == Interrupted && interruptions < MostInterruptions)
            {
                // A signal came first: nothing was written, and the disk has no fault.
            }
        }
    }
}
