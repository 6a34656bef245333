namespace Nabla;

/// <summary>Writes a file completely or not at all: a crash, a full disk or an exception leaves the old file unchanged.</summary>
/// <remarks>Safe for concurrent use, also by several processes. If two write the same file, the last one wins.</remarks>
public static class AtomicFile
{
    /// <summary>The system's file output.</summary>
    public static IFileOutput SystemOutput => SystemFileOutput.Instance;

    /// <summary>
    /// Writes a temporary file in the same folder, flushes it to the disk, renames it, and flushes the folder. Temporary files of writers
    /// that were killed are removed.
    /// </summary>
    /// <param name="path">The file to create or replace; symbolic links are followed. The permissions of a replaced file stay.</param>
    /// <param name="write">
    /// Writes the content to a stream that can seek and cannot be read. If it throws, the old file is unchanged.
    /// </param>
    /// <param name="output">Writes the bytes; null for the system.</param>
    /// <exception cref="FileOutputException">
    /// The folder does not exist or cannot be written to, the disk is full or has failed, the file is read-only, or the path cannot be a
    /// file. The old file is unchanged, unless <see cref="FileOutputException.IsReplaced"/>.
    /// </exception>
    public static void Write(string path, Action<Stream> write, IFileOutput? output = null)
    {
        output ??= SystemFileOutput.Instance;
        var place = OutputPlace.Find(path);
        AbandonedFiles.Remove(place.Folder, output);
        using var file = TemporaryFile.Create(path, place, output);
        try
        {
            file.Write(write);
            file.Publish();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw file.IsPublished ? FileOutputException.ForReplaced(path, error) : FileOutputException.From(path, error);
        }
    }

    /// <summary>Creates a folder, if there is none, and waits until it is on the disk.</summary>
    /// <param name="folder">The folder; its parent exists.</param>
    /// <param name="output">Creates it; null for the system.</param>
    /// <exception cref="IOException">It cannot be created, or the disk has not confirmed it.</exception>
    /// <exception cref="UnauthorizedAccessException">Its parent cannot be written to.</exception>
    public static void CreateFolder(string folder, IFileOutput? output = null)
    {
        if (Directory.Exists(folder))
            return;
        output ??= SystemFileOutput.Instance;
        output.CreateFolder(folder);
        TemporaryFile.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(folder))!, output);
    }

    /// <summary>Checks what can be checked before the content is known: creates and deletes a temporary file.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="FileOutputException"><see cref="Write"/> would fail.</exception>
    public static void Check(string path)
    {
        var output = SystemFileOutput.Instance;
        var place = OutputPlace.Find(path);
        AbandonedFiles.Remove(place.Folder, output);
        TemporaryFile.Create(path, place, output).Dispose();
    }

    /// <summary>Whether two paths lead to the same file, or would if it existed; symbolic links are followed.</summary>
    /// <param name="path">A path that <see cref="Write"/> can use.</param>
    /// <param name="other">Another path; false if it leads to no file.</param>
    public static bool IsSame(string path, string other)
    {
        try
        {
            return OutputPlace.FollowLinks(path) == OutputPlace.FollowLinks(other);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
