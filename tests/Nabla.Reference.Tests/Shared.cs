namespace Nabla.Reference.Tests;

/// <summary>Files too large for the repository, in a folder named shared beside it; a test that lacks them is skipped.</summary>
internal static class Shared
{
    public static string Find(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Nabla.slnx")))
                continue;
            string found = Path.GetFullPath(Path.Combine([folder.FullName, "..", "shared", .. path]));
            Assert.SkipUnless(File.Exists(found), $"needs ../shared/{string.Join('/', path)} beside the repository");
            return found;
        }
        throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
