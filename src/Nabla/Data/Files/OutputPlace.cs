namespace Nabla;

/// <summary>Where a path leads, and what is there: everything that is checked before a file is written.</summary>
/// <param name="File">The file, without symbolic links.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Mode">The permissions of the file that is there; null if there is none, and on Windows.</param>
internal sealed record OutputPlace(string File, string Folder, UnixFileMode? Mode)
{
    private const int MostLinks = 40;
    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Finds the place that a path stands for.</summary>
    /// <exception cref="FileOutputException">No file can be written there.</exception>
    public static OutputPlace Find(string path)
    {
        try
        {
            string file = FollowLinks(path);
            string folder = Path.GetDirectoryName(file)!;
            var kind = FileKinds.Of(file);
            RequireFile(path, kind, folder);
            if (kind == FileKind.Missing)
                return new OutputPlace(file, folder, null);
            RequireWritable(path, file, folder);
            return new OutputPlace(file, folder, OperatingSystem.IsWindows() ? null : System.IO.File.GetUnixFileMode(file));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new FileOutputException(path, "a folder of the path may not be searched", error);
        }
        catch (IOException error) when (error is not FileOutputException)
        {
            throw FileOutputException.From(path, error);
        }
    }

    /// <summary>The file that a path stands for, without symbolic links.</summary>
    /// <exception cref="FileOutputException">It is a folder, or cannot be reached.</exception>
    /// <exception cref="IOException">The path is impossible, for example too long.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder of the path may not be searched.</exception>
    public static string FollowLinks(string path)
    {
        string file = Path.GetFullPath(path);
        for (int links = 0; links <= MostLinks; links++)
        {
            var name = Path.GetFileName(file.AsSpan());
            if (name is "" or "." or "..")
                throw IsFolder(path);
            string folder = RealFolder.Find(path, Path.GetDirectoryName(file)!);
            file = Path.Join(folder, name);
            if (new FileInfo(file).LinkTarget is not { } target)
                return file;
            // The runtime puts U+FFFD in the place of bytes that are not UTF-8: it would be a file of another name.
            if (target.Contains('\uFFFD', StringComparison.Ordinal))
                throw new FileOutputException(path, "the name that its link leads to is not UTF-8");
            file = Path.Combine(folder, target);
        }
        throw new FileOutputException(path, "its symbolic links lead in a circle");
    }

    private static void RequireFile(string path, FileKind kind, string folder)
    {
        if (kind == FileKind.Folder)
            throw IsFolder(path);
        if (kind == FileKind.Link)
            throw new FileOutputException(path, "its symbolic link cannot be read");
        string? what = kind switch
        {
            FileKind.Device => "a device",
            FileKind.Pipe => "a pipe",
            FileKind.Socket => "a socket",
            _ => folder == "/dev" ? "a device" : null,
        };
        if (what is not null)
            throw new FileOutputException(path, $"it is {what}, which a file would replace");
    }

    private static void RequireWritable(string path, string file, string folder)
    {
        bool isReadOnly = OperatingSystem.IsWindows()
            ? System.IO.File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly)
            : (System.IO.File.GetUnixFileMode(file) & AnyWrite) == 0;
        if (isReadOnly)
        {
            string remedy = OperatingSystem.IsWindows() ? "" : ", which chmod u+w changes";
            throw new FileOutputException(path, $"it is read-only{remedy}");
        }
        try
        {
            System.IO.File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new FileOutputException(path, "there is no permission to write to it", error);
        }
        catch (IOException)
        {
            // In use: a program that runs, for example. It can be replaced.
        }
        if (!RealFolder.MayReplace(file))
            throw new FileOutputException(path, $"the folder {folder} does not allow to replace this file, which may be another user's");
    }

    private static FileOutputException IsFolder(string path) => new(path, "it is a folder");
}
