using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>The C# files of the repository.</summary>
internal static class SourceFile
{
    /// <summary>The files below a folder, without what the build makes.</summary>
    /// <param name="folder">A path from the repository's root, with slashes.</param>
    /// <returns>Paths from the repository's root, with slashes, in order.</returns>
    public static IEnumerable<string> Below(string folder) => Directory
        .EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
