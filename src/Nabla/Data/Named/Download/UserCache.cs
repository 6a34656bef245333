namespace Nabla;

/// <summary>The user's cache folder.</summary>
internal static class UserCache
{
    /// <summary>Nabla's folder in the cache; it may not exist.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static string Directory(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "nabla");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Caches", "nabla");
        // The XDG base directory specification requires that relative paths are ignored.
        string? xdg = variable("XDG_CACHE_HOME");
        return Path.Combine(Path.IsPathRooted(xdg) ? xdg : Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".cache"), "nabla");
    }
}
