namespace Nabla.Tests;

public sealed class NpyTypeCodeTests
{
    [Theory]
    [InlineData("<f4", ElementType.Float32, true)]
    [InlineData(">f4", ElementType.Float32, false)]
    [InlineData("|u1", ElementType.UInt8, true)]
    [InlineData("=u1", ElementType.UInt8, true)]
    [InlineData("u1", ElementType.UInt8, true)]
    [InlineData("?", ElementType.Boolean, true)]
    public void A_number_has_a_type_and_a_byte_order(string code, ElementType type, bool isLittleEndian)
    {
        foreach (bool acceptsTexts in (bool[])[false, true])
            Assert.Equal(new NpyType(type, isLittleEndian), NpyTypeCode.Parse(code, acceptsTexts, new FileLocation("a.npy"), 11));
    }

    [Theory]
    [InlineData("<U5", 5, true, true)]
    [InlineData(">U5", 5, false, true)]
    [InlineData("|S1", 1, true, false)]
    [InlineData("a7", 7, true, false)]
    [InlineData("|S65536", 65536, true, false)]
    public void A_text_has_a_length(string code, int length, bool isLittleEndian, bool isUnicode)
    {
        var type = NpyTypeCode.Parse(code, acceptsTexts: true, new FileLocation("a.npy"), 11);
        Assert.Equal(new NpyType(default, isLittleEndian, length, isUnicode), type);
        Assert.Equal((isUnicode ? 4 * length : length, "text"), (type.Size, type.ToString()));
    }

    [Theory]
    [InlineData("|O", "it is an array of Python objects ('O'): reading it means unpickling, which can run any program")]
    [InlineData("<c8", "it holds complex numbers ('<c8')")]
    [InlineData("|S65537", "it holds strings ('|S65537')")]
    [InlineData("|S0", "it holds strings ('|S0')")]
    [InlineData("<U", "it holds strings ('<U')")]
    [InlineData("a-1", "it holds strings ('a-1')")]
    [InlineData("|T16", "it holds strings ('|T16')")]
    [InlineData("<M8[s]", "it holds dates or times ('<M8[s]')")]
    [InlineData("<m8[s]", "it holds dates or times ('<m8[s]')")]
    [InlineData("|V8", "it holds raw or structured data ('|V8')")]
    [InlineData("<", "the element type '<' is not supported")]
    [InlineData("", "the element type '' is not supported")]
    [InlineData("!f4", "the element type '!f4' is not supported")]
    [InlineData("f4", "the type 'f4' does not specify a byte order ('<' or '>')")]
    [InlineData("|i2", "the type '|i2' does not specify a byte order ('<' or '>')")]
    [InlineData("=f8", "the type '=f8' does not specify a byte order ('<' or '>')")]
    public void Another_type_is_refused_with_its_place(string code, string why)
    {
        var error = Assert.Throws<InvalidInputException>(
            () => NpyTypeCode.Parse(code, acceptsTexts: true, new FileLocation("a.npy"), 11));
        Assert.Equal(("byte 11", why), (error.Where, error.Why));
    }

    [Theory]
    [InlineData("<U5")]
    [InlineData("S5")]
    [InlineData("a5")]
    public void A_text_is_refused_where_numbers_are_needed(string code)
    {
        var error = Assert.Throws<InvalidInputException>(
            () => NpyTypeCode.Parse(code, acceptsTexts: false, new FileLocation("a.npy"), 11));
        Assert.Equal($"it holds strings ('{code}')", error.Why);
    }
}
