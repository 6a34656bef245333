namespace Nabla.Studio;

/// <summary>Files that other users of this machine cannot read.</summary>
internal static class PrivateFile
{
    /// <summary>Creates a file.</summary>
    /// <param name="path">There must be no such file.</param>
    /// <exception cref="IOException">It exists, or cannot be created.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        // On Windows, a user's folder for temporary files is private.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
