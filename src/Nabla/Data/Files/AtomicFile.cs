namespace Nabla;

/// <summary>Writes a file completely or not at all: a crash, a full disk or an exception leaves the old file unchanged.</summary>
/// <remarks>Safe for concurrent use. If two threads write the same file, the last one wins.</remarks>
public static class AtomicFile
{
    /// <summary>Writes a temporary file in the same folder, flushes it to the disk, and renames it.</summary>
    /// <param name="path">The file to create or replace; symbolic links are followed.</param>
    /// <param name="write">Writes the content. If it throws, the old file is unchanged.</param>
    /// <exception cref="IOException">
    /// The folder does not exist, the disk is full or has failed, or the path cannot be a file. The old file is unchanged, unless
    /// flushing the folder failed: then the new file is complete, but a power failure may restore the old one.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">Writing to the folder or the file is not permitted.</exception>
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
        {
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
            // The runtime puts U+FFFD in the place of bytes that are not UTF-8: it would be a file of another name.
            if (full.Contains('\uFFFD', StringComparison.Ordinal) && !File.Exists(full))
                throw new IOException($"Cannot write {path}: the name that the link leads to is not UTF-8.");
        }
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
            // The original error is more informative.
        }
    }
}
