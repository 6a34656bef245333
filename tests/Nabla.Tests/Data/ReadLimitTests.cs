namespace Nabla.Tests;

/// <summary>The user's limit on what a file may take in memory.</summary>
public sealed class ReadLimitTests
{
    private static byte[] Npz(int bytes)
    {
        using var stream = new MemoryStream();
        NpzWriter.Write(stream, [("x", NumericArray.Create<byte>(new byte[bytes], bytes))], compress: true);
        return stream.ToArray();
    }

    private static NumericArray Read(byte[] file)
    {
        using var npz = NpzReader.Open(ByteSource.From(file), "a.npz");
        return npz.Read("x");
    }

    [Fact]
    public void A_larger_array_is_refused_before_it_is_allocated()
    {
        byte[] file = Npz(50_000_000);
        Read(file);
        using (ReadLimit.Use(1_000_000))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var error = Assert.Throws<InvalidInputException>(() => Read(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
            Assert.Equal("it takes 50000000 bytes in memory, and the limit is 1000000", error.Why);
            Read(Npz(1_000_000));
        }
        Read(file);
    }

    [Fact]
    public async Task Limits_nest_and_hold_for_tasks_that_are_begun_within()
    {
        Assert.Equal(long.MaxValue, ReadLimit.Bytes);
        using (ReadLimit.Use(1000))
        {
            using (ReadLimit.Use(10))
                Assert.Equal(10, await Task.Run(() => ReadLimit.Bytes, TestContext.Current.CancellationToken));
            Assert.Equal(1000, ReadLimit.Bytes);
        }
        Assert.Equal(long.MaxValue, ReadLimit.Bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_is_positive(long bytes) => Assert.Throws<ArgumentOutOfRangeException>(() => ReadLimit.Use(bytes));
}
