namespace Nabla.Studio;

/// <summary>Files that other users of this machine cannot read.</summary>
internal static class PrivateFile
{
    /// <summary>Creates a file. On Windows, a user's folder for temporary files is private.</summary>
    /// <param name="path">There must be no such file.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="IOException">It exists, cannot be created, or does not fit the disk.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content)
    {
        var output = AtomicFile.SystemOutput;
        var file = output.Create(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            output.WriteAll(file, 0, content);
        }
        finally
        {
            output.Close(file);
        }
    }
}
