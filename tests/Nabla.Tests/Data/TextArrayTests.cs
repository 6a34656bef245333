using System.Text;

namespace Nabla.Tests;

public class TextArrayTests
{
    private static readonly string[] Texts = ["b", "", "größe", "a\0b", "😀", "b"];

    private static (int[] Indices, string[] Names) Distinct(Encoding encoding, NpyType type, string[] texts)
    {
        byte[] data = [.. texts.SelectMany(text => encoding.GetBytes(text).Concat(new byte[type.Size]).Take(type.Size))];
        var array = new TextArray(type, [texts.Length], data);
        Assert.Equal(texts.Length, array.Length);
        return array.Distinct(most: 5, new FileLocation("a.npy"));
    }

    [Fact]
    public void Texts_are_numbered_in_their_order_in_every_encoding()
    {
        foreach (var (encoding, type) in ((Encoding, NpyType)[])
        [
            (new UTF32Encoding(bigEndian: false, byteOrderMark: false), new NpyType(default, true, 5, true)),
            (new UTF32Encoding(bigEndian: true, byteOrderMark: false), new NpyType(default, false, 5, true)),
            (new UTF8Encoding(false), new NpyType(default, true, 7, false)),
        ])
        {
            var (indices, names) = Distinct(encoding, type, Texts);
            Assert.Equal(["", "a\0b", "b", "größe", "😀"], names);
            Assert.Equal([2, 0, 3, 1, 4, 2], indices);
        }
    }

    [Fact]
    public void More_texts_than_allowed_are_refused() => Assert.Throws<InvalidInputException>(
        () => Distinct(new UTF8Encoding(false), new NpyType(default, true, 7, false), [.. Texts, "c"]));

    [Fact]
    public void A_code_that_is_no_character_is_refused_with_its_place()
    {
        byte[] letterAndHalfAPair = [65, 0, 0, 0, 0, 0xD8, 0, 0];
        var array = new TextArray(new NpyType(default, true, 1, true), [2], letterAndHalfAPair);
        var error = Assert.Throws<InvalidInputException>(() => array.Distinct(most: 5, new FileLocation("a.npy")));
        Assert.Equal("the text of example 1 is not Unicode", error.Why);
    }
}
