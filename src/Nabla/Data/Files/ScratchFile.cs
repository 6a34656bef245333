using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>
/// A file for what is too large for memory: written from its beginning to its end, then read. It has no name, and is gone when its
/// content is no longer used or the process ends. On Windows, it has a name, and stays if the process is killed before it is finished.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path;
    private readonly IFileOutput output;
    private readonly SafeFileHandle writer;
    private readonly SafeFileHandle? reader; // null on Windows, which deletes no file that is open for writing
    private long length;
    private bool isFinished;

    private ScratchFile(string path, IFileOutput output, SafeFileHandle writer, SafeFileHandle? reader)
    {
        this.path = path;
        this.output = output;
        this.writer = writer;
        this.reader = reader;
    }

    /// <summary>The environment variable that names the folder.</summary>
    public static string FolderVariable => OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    /// <summary>Creates an empty file.</summary>
    /// <param name="output">Creates and writes it.</param>
    /// <param name="folder">Where; null for the system's folder for large temporary files.</param>
    /// <exception cref="FileOutputException">The folder cannot be written to.</exception>
    public static ScratchFile Create(IFileOutput output, string? folder = null)
    {
        string path = Path.Combine(folder ?? DefaultFolder(), AbandonedFiles.NewName());
        SafeFileHandle? writer = null, reader = null;
        try
        {
            writer = output.Create(path, OwnerOnly);
            if (!OperatingSystem.IsWindows())
            {
                reader = File.OpenHandle(path);
                output.Delete(path);
            }
            return new ScratchFile(path, output, writer, reader);
        }
        catch (Exception error) when (IsExpected(error))
        {
            reader?.Dispose();
            if (writer is not null)
                Remove(writer, path, output);
            throw Failed(path, error);
        }
    }

    /// <summary>Writes bytes behind those that are there.</summary>
    /// <exception cref="FileOutputException">They do not fit the disk, or cannot be written.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            output.WriteAll(writer, length, bytes);
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw Failed(path, error);
        }
        length += bytes.Length;
    }

    /// <summary>Ends the writing.</summary>
    /// <returns>The content.</returns>
    /// <exception cref="FileOutputException">Something could not be written.</exception>
    public ByteSource Finish()
    {
        try
        {
            output.Close(writer);
            var content = reader ?? File.OpenHandle(path, options: FileOptions.DeleteOnClose);
            isFinished = true;
            return ByteSource.From(length, (buffer, offset) => RandomAccess.Read(content, buffer, offset));
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw Failed(path, error);
        }
    }

    /// <summary>Removes the file, unless it is finished: then its content keeps it.</summary>
    public void Dispose()
    {
        if (isFinished)
            return;
        isFinished = true;
        reader?.Dispose();
        Remove(writer, path, output);
    }

    private static FileOutputException Failed(string path, Exception error) => FileOutputException.ForTemporary(
        Path.GetDirectoryName(path)!, $"Set the environment variable {FolderVariable} to use another folder", error);

    private static void Remove(SafeFileHandle writer, string path, IFileOutput output)
    {
        writer.Dispose();
        try
        {
            output.Delete(path);
        }
        catch (Exception error) when (IsExpected(error))
        {
            // The first error is the one to report.
        }
    }

    private static bool IsExpected(Exception error) => error is IOException or UnauthorizedAccessException;

    // On many systems /tmp is in memory. /var/tmp is for large files.
    private static string DefaultFolder()
    {
        const string ForLargeFiles = "/var/tmp";
        bool isChosen = OperatingSystem.IsWindows() || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(FolderVariable));
        return !isChosen && Directory.Exists(ForLargeFiles) ? ForLargeFiles : Path.GetTempPath();
    }
}
