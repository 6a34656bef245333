using System.Diagnostics;

namespace Nabla.Tests;

/// <summary>Bytes at any offset, and windows on them.</summary>
public sealed class ByteSourceTests : IDisposable
{
    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_file_and_its_bytes_in_memory_read_alike()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        using var file = ByteSource.Open(files.Write("a", bytes));
        using var memory = ByteSource.From(bytes);
        foreach (var source in (ByteSource[])[file, memory])
        {
            Assert.Equal(1000, source.Length);
            Assert.Equal(bytes[..FileFormat.BytesNeeded], source.Start());
            var buffer = new byte[10];
            Assert.Equal(10, source.Read(buffer, 300));
            Assert.Equal(bytes[300..310], buffer);
            Assert.Equal(3, source.Read(buffer, 997));
            Assert.Equal(bytes[997..], buffer[..3]);
            Assert.Equal(0, source.Read(buffer, 1000));
            Assert.Equal(0, source.Read(buffer, long.MaxValue));
        }
    }

    [Fact]
    public void A_file_shorter_than_a_format_needs_is_its_own_start() =>
        Assert.Equal([1, 2], ByteSource.From(new byte[] { 1, 2 }).Start());

    [Fact]
    public void A_window_ends_where_it_should_or_where_the_file_ends()
    {
        using var source = ByteSource.From(new byte[] { 0, 1, 2, 3, 4, 5 });
        var buffer = new byte[10];
        using var window = new FileWindow(source, 1, 3);
        Assert.Equal(2, window.Read(buffer, 5, 2));
        Assert.Equal(1, window.Read(buffer, 7, 3));
        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 3, 0, 0], buffer);
        Assert.Equal(0, window.Read(buffer));
        using var late = new FileWindow(source, 4, 100);
        Assert.Equal(2, late.Read(buffer));
        Assert.Equal(0, late.Read(buffer));
    }

    [Fact]
    public void A_window_is_only_read_forwards()
    {
        using var window = new FileWindow(ByteSource.From(new byte[1]), 0, 1);
        Assert.Equal((true, false, false), (window.CanRead, window.CanSeek, window.CanWrite));
        Assert.Throws<NotSupportedException>(() => window.Length);
        Assert.Throws<NotSupportedException>(() => window.Position);
        Assert.Throws<NotSupportedException>(() => window.Position = 0);
        Assert.Throws<NotSupportedException>(() => window.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => window.SetLength(1));
        Assert.Throws<NotSupportedException>(() => window.Write([1], 0, 1));
        window.Flush();
    }

    [Fact]
    public void A_folder_and_a_pipe_are_named_as_such()
    {
        var error = Assert.Throws<InvalidInputException>(() => ByteSource.Open(files.Folder));
        Assert.Equal(($"cannot read {files.Folder}", "the whole file", "it is a folder"), (error.What, error.Where, error.Why));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such pipes");
        Process.Start("mkfifo", files["pipe"]).WaitForExit();
        using var writer = new FileStream(files["pipe"], FileMode.Open, FileAccess.ReadWrite); // so that opening does not wait
        error = Assert.Throws<InvalidInputException>(() => ByteSource.Open(files["pipe"]));
        Assert.Equal("it is a pipe or a device", error.Why);
    }

    [Fact]
    public void A_file_is_open_until_its_source_is_closed()
    {
        var source = ByteSource.Open(files.Write("a", "a"u8));
        source.Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.Read(new byte[1], 0));
    }
}
