using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>
/// A file for what is too large for memory: written from its beginning to its end, then read. It has no name, and is gone when its
/// content is no longer used or the process ends. Windows keeps the name while the file is written.
/// </summary>
internal sealed class ScratchFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder;
    private readonly string path;
    private readonly IFileOutput output;
    private readonly SafeFileHandle writer;
    private readonly SafeFileHandle? reader; // null on Windows, which deletes no file that is open for writing
    private long length;

    private ScratchFile(string folder, IFileOutput output)
    {
        this.folder = folder;
        this.output = output;
        path = Path.Combine(folder, AbandonedFiles.NewName());
        writer = output.Create(path, OwnerOnly);
        if (OperatingSystem.IsWindows())
            return;
        reader = File.OpenHandle(path);
        output.Delete(path);
    }

    /// <summary>The environment variable that names the folder.</summary>
    public static string FolderVariable => OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    /// <summary>Creates an empty file.</summary>
    /// <param name="output">Creates and writes it.</param>
    /// <param name="folder">Where; null for the system's folder for large temporary files.</param>
    /// <exception cref="FileOutputException">The folder cannot be written to.</exception>
    public static ScratchFile Create(IFileOutput output, string? folder = null)
    {
        folder ??= DefaultFolder();
        try
        {
            return new ScratchFile(folder, output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileOutputException.ForScratch(folder, FolderVariable, error);
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileOutputException.ForScratch(folder, FolderVariable, error);
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
            return ByteSource.From(length, (buffer, offset) => RandomAccess.Read(content, buffer, offset));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileOutputException.ForScratch(folder, FolderVariable, error);
        }
    }

    // On many systems /tmp is in memory. /var/tmp is for large files.
    private static string DefaultFolder()
    {
        const string ForLargeFiles = "/var/tmp";
        bool isChosen = OperatingSystem.IsWindows() || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(FolderVariable));
        return !isChosen && Directory.Exists(ForLargeFiles) ? ForLargeFiles : Path.GetTempPath();
    }
}
