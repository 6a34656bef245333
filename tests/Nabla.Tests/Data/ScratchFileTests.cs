namespace Nabla.Tests;

/// <summary>Files that only this process needs, and failures of single operations on them.</summary>
public sealed class ScratchFileTests : IDisposable
{
    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Its_content_can_be_read_and_nothing_is_left()
    {
        files.Write("other", "x"u8);
        var scratch = ScratchFile.Create(new FlawedOutput { MostBytes = 3 }, files.Folder);
        scratch.Append("some "u8);
        scratch.Append("bytes"u8);
        var content = scratch.Finish();
        Assert.Equal(10, content.Length);
        var read = new byte[6];
        Assert.Equal(6, content.Read(read, 4));
        Assert.Equal(" bytes"u8, read);
        if (!OperatingSystem.IsWindows())
            Assert.Equal([files["other"]], Directory.GetFiles(files.Folder));
    }

    [Fact]
    public void Nobody_else_can_read_it()
    {
        UnixFileMode? mode = null;
        var output = new FlawedOutput { AfterCreate = path => mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path) };
        ScratchFile.Create(output, files.Folder);
        Assert.Equal(OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public void A_failure_names_the_folder_and_how_to_choose_another()
    {
        string expected = $"Cannot write a temporary file in {files.Folder}: No space left on device. "
            + $"Set the environment variable {ScratchFile.FolderVariable} to use another folder.";
        var full = new IOException("No space left on device : 'x'", 28);
        Assert.Equal(expected, Assert.Throws<FileOutputException>(
            () => ScratchFile.Create(new FlawedOutput { OnCreate = _ => throw full }, files.Folder)).Message);

        var output = new FlawedOutput();
        var scratch = ScratchFile.Create(output, files.Folder);
        output.OnWrite = () => throw full;
        Assert.Equal(expected, Assert.Throws<FileOutputException>(() => scratch.Append("x"u8)).Message);
        output.AfterClose = () => throw full;
        Assert.Equal(expected, Assert.Throws<FileOutputException>(scratch.Finish).Message);
        Assert.Contains(
            "none: there is no such folder. Set", Assert.Throws<FileOutputException>(
                () => ScratchFile.Create(new FlawedOutput(), files["none"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_by_one_that_is_given_up()
    {
        int deletions = 0;
        var output = new FlawedOutput
        {
            OnDelete = () =>
            {
                if (deletions++ == 0)
                    throw new IOException("busy");
            },
        };
        Assert.Throws<FileOutputException>(() => ScratchFile.Create(output, files.Folder));
        Assert.Empty(Directory.GetFiles(files.Folder));
        using (var scratch = ScratchFile.Create(new FlawedOutput(), files.Folder))
            scratch.Append("x"u8);
        Assert.Empty(Directory.GetFiles(files.Folder));
    }
}
