using Microsoft.Win32.SafeHandles;

namespace Nabla;

/// <summary>The new content of a file, beside it. Deleted when it is disposed, unless it was published.</summary>
/// <remarks>
/// It is open, and so locked, until it has its final name: see <see cref="AbandonedFiles"/>. Windows renames only closed files.
/// </remarks>
internal sealed class TemporaryFile : IDisposable
{
    private const int Attempts = 10;
    private const int NotSupported = 22; // EINVAL: some file systems cannot flush folders

    private readonly string path;
    private readonly OutputPlace place;
    private readonly IFileOutput output;
    private SafeFileHandle? file;

    private TemporaryFile(string path, OutputPlace place, IFileOutput output, SafeFileHandle file)
    {
        this.path = path;
        this.place = place;
        this.output = output;
        this.file = file;
    }

    /// <summary>Whether it has its final name.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>Creates an empty file.</summary>
    /// <param name="path">The file to write, for messages.</param>
    /// <param name="place">Where that is.</param>
    /// <param name="output">Creates it.</param>
    /// <exception cref="FileOutputException">The folder cannot be written to.</exception>
    public static TemporaryFile Create(string path, OutputPlace place, IFileOutput output)
    {
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                if (TryCreate(place, output, isLast: attempt == Attempts) is { } file)
                    return file;
            }
        }
        catch (Exception error) when (error is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileOutputException(path, $"the folder {place.Folder} cannot be written to", error);
        }
        catch (IOException error)
        {
            throw FileOutputException.From(path, error);
        }
    }

    /// <summary>Writes the content, and waits until it is on the disk.</summary>
    public void Write(Action<Stream> write)
    {
        using (var stream = new OutputStream(file!, output))
        {
            write(stream);
            stream.Flush();
        }
        if (place.Mode is { } mode)
            output.SetMode(file!, mode);
        // Never repeated: the system reports a failed write once, and forgets it.
        output.Flush(file!);
    }

    /// <summary>Gives the file its final name.</summary>
    public void Publish()
    {
        if (OperatingSystem.IsWindows())
            Close();
        output.Rename(path, place.File);
        IsPublished = true;
        FlushFolder(place.Folder, output);
        Close();
    }

    /// <summary>Waits until the names in a folder are on the disk, so that a rename survives a power failure.</summary>
    public static void FlushFolder(string folder, IFileOutput output)
    {
        if (OperatingSystem.IsWindows())
            return; // Names need not be flushed there.
        SafeFileHandle handle;
        try
        {
            handle = output.OpenFolder(folder);
        }
        catch (UnauthorizedAccessException)
        {
            return; // A folder that may be written and not read cannot be opened: nothing can flush it.
        }
        try
        {
            output.Flush(handle);
        }
        catch (IOException error) when (error.HResult == NotSupported)
        {
        }
        finally
        {
            output.Close(handle);
        }
    }

    public void Dispose()
    {
        if (!IsPublished)
        {
            Quietly(Close);
            Quietly(() => output.Delete(path));
        }
        else
        {
            Quietly(Close);
        }
    }

    /// <returns>Null if <see cref="AbandonedFiles"/> of another process took the file before it was locked.</returns>
    private static TemporaryFile? TryCreate(OutputPlace place, IFileOutput output, bool isLast)
    {
        string path = Path.Combine(place.Folder, AbandonedFiles.NewName());
        try
        {
            var file = new TemporaryFile(path, place, output, output.Create(path, place.Mode));
            if (isLast || File.Exists(path))
                return file;
            file.Dispose();
        }
        catch (IOException error) when (error.HResult == AbandonedFiles.Locked && !isLast)
        {
        }
        return null;
    }

    private void Close()
    {
        var open = file;
        file = null;
        if (open is not null)
            output.Close(open);
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
