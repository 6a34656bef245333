namespace Nabla;

/// <summary>Writes a file as a whole or not at all: a crash, a full disk or an exception leaves what was there before.</summary>
/// <remarks>Safe for concurrent use; of two writers of one file, the last one wins.</remarks>
public static class AtomicFile
{
    /// <summary>Writes beside the file, brings the bytes to the disk, and only then gives them the file's name.</summary>
    /// <param name="path">The file to make or to replace; a symbolic link is followed.</param>
    /// <param name="write">Writes the content. If it throws, nothing has changed.</param>
    /// <exception cref="IOException">
    /// The folder does not exist, the disk is full or failed, or the path is no place for a file. Nothing has changed, unless the disk
    /// failed at the very last: then the new file is there, whole, but a power cut may bring the old one back.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file must not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Resolve(path);
        string folder = Path.GetDirectoryName(target)!;
        string temporary = Path.Combine(folder, $".nabla-{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, Options(target)))
            {
                write(stream);
                stream.Flush();
                Durability.FlushFile(stream);
            }
            File.Move(temporary, target, overwrite: true);
            Durability.FlushFolder(folder);
        }
        catch (Exception e)
        {
            DeleteQuietly(temporary);
            if (e is UnauthorizedAccessException)
                throw new UnauthorizedAccessException($"Cannot write {path}: no permission to write in {folder}.", e);
            if (e is IOException)
                throw new IOException($"Cannot write {path}: {e.Message}", e);
            throw;
        }
    }

    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is not null)
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        if (Directory.Exists(full))
            throw new IOException($"Cannot write {path}: it is a folder.");
        string? folder = Path.GetDirectoryName(full);
        if (folder == "/dev")
            throw new IOException($"Cannot write {path}: a device cannot be replaced by a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"Cannot write {path}: the folder {folder} does not exist.");
        return full;
    }

    private static FileStreamOptions Options(string target)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            options.UnixCreateMode = File.GetUnixFileMode(target);
        return options;
    }

    private static void DeleteQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that brought us here says more than this one.
        }
    }
}
