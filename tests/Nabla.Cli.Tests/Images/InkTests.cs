namespace Nabla.Cli.Tests;

/// <summary>Ink and what surrounds it, pixel by pixel.</summary>
public sealed class InkTests
{
    private const int Size = 40;
    private const int Faintest = 20;

    /// <summary>A square from 10 to 29, and a pixel.</summary>
    private static GreyImage WithPixel(int x, int y)
    {
        var levels = new byte[Size * Size];
        for (int row = 10; row < 30; row++)
            levels.AsSpan(row * Size + 10, 20).Fill(255);
        levels[y * Size + x] = 255;
        return new GreyImage(Size, Size, levels);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 15)]
    [InlineData(31, 15)]
    [InlineData(15, 8)]
    [InlineData(15, 31)]
    [InlineData(39, 39)]
    public void A_pixel_beyond_a_gap_is_a_speck(int x, int y)
    {
        var cleaned = Specks.Remove(WithPixel(x, y), Faintest);
        Assert.Equal(WithPixel(10, 10).Levels, cleaned.Levels);
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(30, 30)]
    [InlineData(30, 9)]
    [InlineData(9, 20)]
    [InlineData(20, 30)]
    public void A_pixel_that_touches_is_none(int x, int y)
    {
        var image = WithPixel(x, y);
        Assert.Same(image, Specks.Remove(image, Faintest));
    }

    [Fact]
    public void The_box_of_ink_is_found()
    {
        Assert.Equal(default, InkBox.Find(new GreyImage(3, 2, new byte[6]), Faintest));
        Assert.Equal(new InkBox(0, 0, 1, 1, 0, 0), InkBox.Find(new GreyImage(3, 2, [255, 0, 0, 0, 0, 0]), Faintest));
        Assert.Equal(new InkBox(1, 0, 2, 2, 1.5, 0.5), InkBox.Find(new GreyImage(3, 2, [0, 200, 0, 19, 0, 200]), Faintest));
    }

    [Fact]
    public void An_interlaced_image_has_the_length_of_its_passes()
    {
        // The pass of each pixel of a square of 8 x 8.
        string[] passes = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];
        for (int width = 1; width <= 9; width++)
        {
            for (int height = 1; height <= 9; height++)
            {
                var rows = Enumerable.Range(0, height).SelectMany(
                    y => Enumerable.Range(0, width).Select(x => (Pass: passes[y % 8][x % 8], y)));
                long expected = width * height + rows.Distinct().Count(); // a byte for each pixel, and one for each row of a pass
                Assert.Equal(expected, new PngHeader(width, height, 8, 0, true).UnfoldedLength);
            }
        }
    }
}
