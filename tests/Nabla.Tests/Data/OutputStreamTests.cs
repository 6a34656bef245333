namespace Nabla.Tests;

/// <summary>The stream through which a file is written, whatever the system does with each piece.</summary>
public sealed class OutputStreamTests : IDisposable
{
    private const int Interrupted = 4; // EINTR
    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Positions_are_those_of_any_stream()
    {
        Write(stream =>
        {
            Assert.Equal((false, true, true), (stream.CanRead, stream.CanSeek, stream.CanWrite));
            stream.Write([1, 2, 3], 1, 2);
            Assert.Equal((2L, 2L), (stream.Position, stream.Length));
            Assert.Equal(1, stream.Seek(-1, SeekOrigin.Current));
            Assert.Equal(2, stream.Length);
            Assert.Equal(1, stream.Seek(-1, SeekOrigin.End));
            Assert.Equal(0, stream.Seek(0, SeekOrigin.Begin));
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => stream.Seek(-1, SeekOrigin.Begin));
            Assert.Equal("offset", error.ParamName);
            stream.Position = 5;
            Assert.Equal((5L, 2L), (stream.Position, stream.Length)); // nothing is there yet
            Assert.Equal(1, stream.Seek(-1, SeekOrigin.End));
            stream.Position = 5;
            stream.WriteByte(9);
            Assert.Equal((6L, 6L), (stream.Position, stream.Length));
            stream.Position = 0;
            Assert.Equal(6, stream.Length);
            Assert.Throws<NotSupportedException>(() => stream.ReadByte());
            Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
        });
        Assert.Equal([2, 3, 0, 0, 0, 9], File.ReadAllBytes(files["a"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData((1 << 16) - 1)]
    [InlineData(1 << 16)]
    [InlineData((1 << 16) + 1)]
    public void Pieces_of_any_length_are_joined(int length)
    {
        byte[] whole = Bytes(150_000);
        Write(stream =>
        {
            for (int at = 0; at < whole.Length; at += length)
            {
                stream.Write(whole.AsSpan(at, Math.Min(length, whole.Length - at)));
                Assert.Equal(Math.Min(at + length, whole.Length), stream.Position);
            }
        });
        Assert.Equal(whole, File.ReadAllBytes(files["a"]));
    }

    [Fact]
    public void Small_pieces_are_written_together()
    {
        int writes = 0;
        Write(stream =>
        {
            for (int i = 0; i < 1 << 16; i++)
                stream.WriteByte(7);
            Assert.Equal(0, writes);
            stream.WriteByte(7);
            Assert.Equal(1, writes);
        }, new FlawedOutput { OnWrite = () => writes++ });
        Assert.Equal(2, writes);
    }

    [Fact]
    public void What_the_system_left_is_written_again()
    {
        byte[] whole = Bytes(5000);
        Write(stream => stream.Write(whole), new FlawedOutput { MostBytes = 999 });
        Assert.Equal(whole, File.ReadAllBytes(files["a"]));
    }

    [Fact]
    public void A_system_that_writes_nothing_is_not_asked_for_ever() =>
        RequireFailure("no byte could be written", new FlawedOutput { MostBytes = 0 });

    [Fact]
    public void An_interrupted_write_is_repeated_a_hundred_times_and_no_more()
    {
        int calls = 0;
        var output = new FlawedOutput
        {
            OnWrite = () =>
            {
                if (++calls < 100)
                    throw new IOException("interrupted", Interrupted);
            },
        };
        Write(stream => stream.Write("new"u8), output);
        Assert.Equal((100, "new"), (calls, File.ReadAllText(files["a"])));

        calls = 0;
        output.OnWrite = () =>
        {
            calls++;
            throw new IOException("interrupted", Interrupted);
        };
        RequireFailure("interrupted", output);
        Assert.Equal(100, calls);
    }

    [Fact]
    public void Another_error_is_not_repeated()
    {
        int calls = 0;
        RequireFailure("broken", new FlawedOutput
        {
            OnWrite = () =>
            {
                calls++;
                throw new IOException("broken", 5);
            },
        });
        Assert.Equal(1, calls);
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new System.Random(1).NextBytes(bytes);
        return bytes;
    }

    private void RequireFailure(string why, IFileOutput output)
    {
        files.Write("a", "old"u8);
        var error = Assert.Throws<FileOutputException>(() => Write(stream => stream.Write("new"u8), output));
        Assert.Equal((why, false), (error.Why, error.IsReplaced));
        Assert.Equal("old", File.ReadAllText(files["a"]));
    }

    private void Write(Action<Stream> write, IFileOutput? output = null) => AtomicFile.Write(files["a"], write, output);
}
