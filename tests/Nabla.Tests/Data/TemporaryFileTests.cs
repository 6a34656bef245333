namespace Nabla.Tests;

/// <summary>Failures of single operations while a file is replaced.</summary>
public sealed class TemporaryFileTests : IDisposable
{
    private readonly TestFiles files = new();

    public TemporaryFileTests() => files.Write("a", "old"u8);

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_name_of_the_temporary_file_is_not_in_the_message()
    {
        var output = new FlawedOutput { OnCreate = path => throw new IOException($"No space left on device : '{path}'", 28) };
        var error = RequireFailure(output);
        Assert.Equal($"Cannot write {files["a"]}: No space left on device.", error.Message);
    }

    [Theory]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(FileNotFoundException))]
    [InlineData(typeof(DirectoryNotFoundException))]
    public void A_folder_in_which_nothing_can_be_created_is_named(Type exception)
    {
        var output = new FlawedOutput { OnCreate = _ => throw (Exception)Activator.CreateInstance(exception)! };
        var error = RequireFailure(output);
        Assert.Equal($"the folder {files.Folder} cannot be written to", error.Why);
        Assert.IsType(exception, error.InnerException);
    }

    [Fact]
    public void A_file_that_another_process_took_for_abandoned_is_created_anew()
    {
        var names = new HashSet<string>();
        var output = new FlawedOutput
        {
            OnCreate = path =>
            {
                if (names.Add(path) && names.Count < 10)
                    throw new IOException("locked", AbandonedFiles.Locked);
            },
        };
        Write(output);
        Assert.Equal((10, "new"), (names.Count, File.ReadAllText(files["a"])));

        names.Clear();
        output.OnCreate = path =>
        {
            names.Add(path);
            throw new IOException("locked", AbandonedFiles.Locked);
        };
        Assert.Equal("locked", RequireFailure(output, "new").Why);
        Assert.Equal(10, names.Count);
    }

    [Fact]
    public void A_file_that_another_process_deleted_is_created_anew()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "open files are not deleted there");
        int created = 0;
        Write(new FlawedOutput
        {
            AfterCreate = path =>
            {
                if (++created < 3)
                    File.Delete(path);
            },
        });
        Assert.Equal((3, "new"), (created, File.ReadAllText(files["a"])));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
    }

    [Fact]
    public void An_error_of_the_disk_is_reported_when_the_file_is_flushed_or_closed()
    {
        Assert.Equal("broken", RequireFailure(new FlawedOutput { OnFlush = _ => throw new IOException("broken", 5) }).Why);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files are closed before they are renamed there");
        int closed = 0;
        var error = Assert.Throws<FileOutputException>(() => Write(new FlawedOutput
        {
            AfterClose = () =>
            {
                if (++closed == 2)
                    throw new IOException("broken", 5);
            },
        }));
        Assert.True(error.IsReplaced);
        Assert.Equal("the new file is complete, but may not survive a power failure: broken", error.Why);
        Assert.Equal("new", File.ReadAllText(files["a"]));
    }

    [Theory]
    [InlineData(22, false)] // EINVAL
    [InlineData(5, true)] // EIO
    public void A_folder_that_cannot_be_flushed_at_all_is_not_an_error(int number, bool isError)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders are not flushed there");
        int flushes = 0, closed = 0;
        var output = new FlawedOutput
        {
            OnFlush = _ =>
            {
                if (++flushes == 2)
                    throw new IOException("cannot", number);
            },
            AfterClose = () => closed++,
        };
        var error = Record.Exception(() => Write(output));
        Assert.Equal(isError, error is FileOutputException { IsReplaced: true });
        Assert.Equal((2, 2, "new"), (flushes, closed, File.ReadAllText(files["a"])));
    }

    private FileOutputException RequireFailure(FlawedOutput output, string content = "old")
    {
        var error = Assert.Throws<FileOutputException>(() => Write(output));
        Assert.False(error.IsReplaced);
        Assert.Equal(content, File.ReadAllText(files["a"]));
        Assert.Single(Directory.GetFileSystemEntries(files.Folder));
        return error;
    }

    private void Write(IFileOutput output) => AtomicFile.Write(files["a"], stream => stream.Write("new"u8), output);
}
