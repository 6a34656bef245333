using System.Text;

namespace Nabla.Tables.Tests;

/// <summary>Bytes that are not text, wherever the parts end in which they are read.</summary>
public sealed class TextCheckStreamTests
{
    [Fact]
    public void A_text_passes_in_parts_of_any_length()
    {
        byte[] text = Encoding.UTF8.GetBytes("aä€😀\nz€");
        for (int part = 1; part <= text.Length; part++)
            Assert.Equal(text, ReadAll(text, part));
    }

    [Theory]
    [InlineData(new byte[] { 97, 0xFF, 98 }, "line 1, byte 1", 0xFF)]
    [InlineData(new byte[] { 97, 0x80, 98 }, "line 1, byte 1", 0x80)]
    [InlineData(new byte[] { 10, 10, 0xE2, 0x82, 97 }, "line 3, byte 2", 0xE2)] // half of a character
    [InlineData(new byte[] { 97, 0xE2, 0x82 }, "line 1, byte 1", 0xE2)]
    [InlineData(new byte[] { 97, 0xC3 }, "line 1, byte 1", 0xC3)]
    [InlineData(new byte[] { 97, 0xF0, 0x9F, 0x98 }, "line 1, byte 1", 0xF0)]
    [InlineData(new byte[] { 97, 0xED, 0xA0, 0x80 }, "line 1, byte 1", 0xED)] // an unpaired surrogate
    [InlineData(new byte[] { 97, 0xE2, 0x82, 10, 97 }, "line 1, byte 1", 0xE2)]
    [InlineData(new byte[] { 97, 10, 0, 98 }, "line 2, byte 2", 0)]
    [InlineData(new byte[] { 97, 0xFF, 0 }, "line 1, byte 1", 0xFF)]
    [InlineData(new byte[] { 97, 0xE2, 0x82, 0 }, "line 1, byte 1", 0xE2)]
    [InlineData(new byte[] { 0xC3, 0xA4, 0, 0xFF }, "line 1, byte 2", 0)]
    public void The_first_byte_that_is_not_text_is_named_in_parts_of_any_length(byte[] text, string where, byte value)
    {
        for (int part = 1; part <= text.Length; part++)
        {
            var error = Assert.Throws<InvalidInputException>(() => ReadAll(text, part));
            Assert.Equal(
                ("cannot read a.csv", where, $"byte 0x{value:X2} is not part of a text in UTF-8"), (error.What, error.Where, error.Why));
        }
    }

    [Fact]
    public void A_byte_order_mark_counts_and_other_encodings_have_no_positions()
    {
        using var marked = new TextCheckStream(new MemoryStream([97, 0xFF]), "a.csv", "UTF-8", 3);
        Assert.Equal("line 1, byte 4", Assert.Throws<InvalidInputException>(() => marked.CopyTo(Stream.Null)).Where);
        using var other = new TextCheckStream(new MemoryStream([97, 10, 0]), "a.csv", "UTF-16", null);
        var error = Assert.Throws<InvalidInputException>(() => other.CopyTo(Stream.Null));
        Assert.Equal(("line 2", "byte 0x00 is not part of a text in UTF-16"), (error.Where, error.Why));
    }

    [Fact]
    public void An_empty_buffer_is_not_the_end()
    {
        using var stream = new TextCheckStream(new Parts([97, 0xC3, 0xA4], 2), "a.csv", "UTF-8", 0);
        Assert.Equal(2, stream.Read(new byte[4]));
        Assert.Equal(0, stream.Read([]));
        Assert.Equal(1, stream.Read(new byte[4]));
    }

    [Fact]
    public void The_text_is_closed_with_the_stream()
    {
        var text = new MemoryStream();
        new TextCheckStream(text, "a.csv", "UTF-8", 0).Dispose();
        Assert.False(text.CanRead);
    }

    private static byte[] ReadAll(byte[] text, int part)
    {
        using var stream = new TextCheckStream(new Parts(text, part), "a.csv", "UTF-8", 0);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Gives as many bytes at once.</summary>
    private sealed class Parts(byte[] bytes, int length) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, length)]);
    }
}
