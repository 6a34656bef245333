using System.IO.Compression;

namespace Nabla.Tests;

/// <summary>Reading as many bytes as a file claims, from streams that give them in parts.</summary>
public sealed class IncrementalReadTests
{
    private const int Trusted = 1 << 15;
    private static readonly FileLocation Location = new("a");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Trusted)]
    [InlineData(Trusted + 1)]
    [InlineData(2 * Trusted)]
    [InlineData(2 * Trusted + 1)]
    [InlineData(1_000_000)]
    public void As_many_bytes_are_read_as_are_asked_for(int count)
    {
        byte[] bytes = Bytes(count + 1);
        using var stream = new Parts(bytes, 10_000);
        Assert.Equal(bytes[..count], IncrementalRead.Exactly(stream, count, Location, 5));
        Assert.Equal(count, stream.Position);
    }

    [Theory]
    [InlineData(10, 9)]
    [InlineData(10, 0)]
    [InlineData(1_000_000, 40_000)]
    [InlineData(1_000_000, 999_999)]
    [InlineData(int.MaxValue - 100, 100_000)]
    public void What_is_missing_is_counted(int count, int there)
    {
        using var stream = new Parts(Bytes(there), 10_000);
        var error = Hostile.Refused(() => IncrementalRead.Exactly(stream, count, Location, 5));
        Assert.Equal(
            ($"byte {5 + there}", $"it ends there, but {count - there} more bytes are expected"), (error.Where, error.Why));
    }

    [Fact]
    public void A_claim_costs_no_more_than_four_times_what_is_there()
    {
        foreach (int there in (int[])[0, Trusted, 10 * Trusted])
        {
            using var stream = new Parts(Bytes(there), there + 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<InvalidInputException>(() => IncrementalRead.Exactly(stream, 100 << 20, Location, 0));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * Trusted + 4 * there);
        }
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(0, 0)]
    [InlineData(0, 10)]
    [InlineData(100_000, 9_000)]
    [InlineData(100_000, 100_001)]
    public void As_many_bytes_are_read_as_there_are(int count, int there)
    {
        byte[] bytes = Bytes(there);
        using var stream = new Parts(bytes, 999);
        Assert.Equal(bytes[..Math.Min(count, there)], IncrementalRead.AtMost(stream, count, Location, 5));
    }

    [Fact]
    public void The_end_is_required_where_it_should_be()
    {
        using var stream = new MemoryStream([1]);
        var error = Assert.Throws<InvalidInputException>(() => IncrementalRead.RequireEnd(stream, Location, 5));
        Assert.Equal(("byte 5", "more bytes follow where it should end"), (error.Where, error.Why));
        IncrementalRead.RequireEnd(stream, Location, 6);
    }

    [Fact]
    public void Damaged_compression_is_named_with_its_place()
    {
        using var stream = new DeflateStream(new MemoryStream([0xFF, 0xFF, 0xFF, 0xFF]), CompressionMode.Decompress);
        var error = Assert.Throws<InvalidInputException>(() => IncrementalRead.AtMost(stream, 10, Location, 5));
        Assert.Equal(("byte 5", "the compressed data are damaged"), (error.Where, error.Why));
        Assert.IsType<InvalidDataException>(error.InnerException);
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7 + (i >> 8)))];

    /// <summary>Gives as many bytes at once.</summary>
    private sealed class Parts(byte[] bytes, int length) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, length));
    }
}
