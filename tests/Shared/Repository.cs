namespace Nabla.Tests.Shared;

/// <summary>Where the repository lies, and the test material beside it, which exists on some machines only.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of the test material, which is not part of the repository; without it, the test is skipped.</summary>
    public static string SharedOrSkip(params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        Assert.SkipUnless(Path.Exists(path), $"This machine has no {Path.Combine(["../shared", .. parts])}.");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nabla.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No Nabla.slnx above {AppContext.BaseDirectory}.");
    }
}
