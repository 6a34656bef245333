namespace Nabla.Tests;

/// <summary>Files in a process without locks, as on some network disks; <see cref="AbandonedFileTests"/> starts it.</summary>
public sealed class UnlockedFileCases
{
    /// <summary>The runtime reads it once.</summary>
    public const string Variable = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";

    [Fact(Explicit = true)]
    public void An_abandoned_file_stays()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Variable) == "1", "files are locked");
        using var files = new TestFiles();
        files.Write(".nabla-abandoned.tmp", "half"u8);
        AtomicFile.Write(files["a"], stream => stream.Write("new"u8));
        Assert.Equal(
            [".nabla-abandoned.tmp", "a"], Directory.GetFileSystemEntries(files.Folder).Select(path => Path.GetFileName(path)).Order());
    }
}
