namespace Nabla.Kernels.Tests;

public class BufferSizeTests
{
    [Fact]
    public void A_size_is_the_product_of_its_shape()
    {
        Assert.Equal(24, BufferSize.Elements("A buffer", sizeof(float), 2, 3, 4));
        Assert.Equal(7, BufferSize.Elements("A buffer", sizeof(float), 7));
        Assert.Equal(1, BufferSize.Elements("A buffer", sizeof(float)));
    }

    [Fact]
    public void A_size_of_zero_makes_an_empty_buffer_whatever_the_others()
    {
        Assert.Equal(0, BufferSize.Elements("A buffer", sizeof(float), int.MaxValue, int.MaxValue, int.MaxValue, 0));
        Assert.Equal(0, BufferSize.Elements("A buffer", sizeof(float), 0, int.MaxValue, int.MaxValue));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void The_limit_is_in_bytes(int bytesOfElement)
    {
        int largest = Array.MaxLength / bytesOfElement;
        Assert.Equal(largest, BufferSize.MaximumElements(bytesOfElement));
        Assert.True(BufferSize.TryElements([largest, 1], bytesOfElement, out int elements));
        Assert.Equal(largest, elements);
        Assert.False(BufferSize.TryElements([largest + 1], bytesOfElement, out elements));
        Assert.Equal(0, elements);
        Assert.Equal(largest, BufferSize.ElementsOfLength("A buffer", bytesOfElement, largest));
        Assert.Throws<ArgumentException>(() => BufferSize.ElementsOfLength("A buffer", bytesOfElement, largest + 1L));
    }

    [Fact]
    public void Products_beyond_64_bits_are_too_large_and_do_not_wrap_around()
    {
        Assert.False(BufferSize.TryElements([int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue], 1, out _));
        Assert.False(BufferSize.TryElements([1 << 16, 1 << 16], 1, out _)); // 2^32: 0 in 32 bits
        Assert.False(BufferSize.TryElements([1 << 30, 1 << 30, 16], 1, out _)); // 2^64: 0 in 64 bits
    }

    [Fact]
    public void An_error_says_what_is_too_large_and_by_how_much()
    {
        var error = Assert.Throws<ArgumentException>(() => BufferSize.Elements("The packed weights", sizeof(float), 1_000_000, 3000));
        Assert.Equal(
            $"The packed weights: [1000000, 3000] elements need 12000000000 bytes, but a buffer holds at most {Array.MaxLength} bytes.",
            error.Message);
        error = Assert.Throws<ArgumentException>(() => BufferSize.Elements("A table", 8, int.MaxValue, int.MaxValue, int.MaxValue));
        Assert.Contains("79228162403583873202826248184 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BufferSize.TryElements([3, -1], 4, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => BufferSize.TryElements([0, -1], 4, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => BufferSize.ElementsOfLength("A buffer", 4, -1));
    }

    [Fact]
    public unsafe void Aligned_arrays_begin_at_a_cache_line_and_refuse_lengths_that_no_buffer_holds()
    {
        foreach (int length in new[] { 0, 1, 15, 16, 17, 1000 })
        {
            var array = new AlignedArray<float>(length);
            Assert.Equal(length, array.Length);
            Assert.Equal(length, array.Span.Length);
            Assert.Equal(0, (nint)array.Pointer % Cache.LineBytes);
        }
        Assert.Throws<ArgumentException>(() => new AlignedArray<float>(BufferSize.MaximumElements(sizeof(float))));
        Assert.Throws<ArgumentException>(() => new AlignedArray<float>(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedArray<byte>(-1));
    }
}
