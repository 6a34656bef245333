namespace Nabla.Cli.Tests;

public sealed class ImageFittingTests
{
    /// <summary>Black, with a filled rectangle of the given level.</summary>
    private static GreyImage Rectangle(
        int width, int height, int left, int top, int inkWidth, int inkHeight, byte ground = 0, byte ink = 255)
    {
        byte[] levels = [.. Enumerable.Repeat(ground, width * height)];
        for (int y = top; y < top + inkHeight; y++)
            levels.AsSpan(y * width + left, inkWidth).Fill(ink);
        return new GreyImage(width, height, levels);
    }

    private static (byte[] Pixels, ImageChanges Changes) Fit(GreyImage image) => ImageFitting.Fit(image, 28, 28, "digit.png");

    private static byte[] Inverted(byte[] levels) => [.. levels.Select(level => (byte)(255 - level))];

    [Fact]
    public void An_image_of_the_right_size_is_used_as_it_is()
    {
        GreyImage image = Rectangle(28, 28, 9, 4, 10, 20, ink: 99);
        var (pixels, changes) = Fit(image);
        Assert.Equal(image.Levels, pixels);
        Assert.Equal(ImageChanges.None, changes);
    }

    [Fact]
    public void Dark_on_light_of_the_right_size_is_inverted_and_no_more()
    {
        GreyImage image = Rectangle(28, 28, 9, 4, 10, 20, ground: 240, ink: 7);
        var (pixels, changes) = Fit(image);
        Assert.Equal(Inverted(image.Levels), pixels);
        Assert.Equal(ImageChanges.Inverted, changes);
    }

    [Theory]
    [InlineData(1, 2, 6, 12)]
    [InlineData(0, 0, 10, 20)]
    [InlineData(17, 8, 10, 20)]
    public void A_character_of_the_right_size_that_is_tiny_or_in_a_corner_is_centred(int left, int top, int width, int height)
    {
        var (pixels, changes) = Fit(Rectangle(28, 28, left, top, width, height));
        Assert.Equal(Rectangle(28, 28, 9, 4, 10, 20).Levels, pixels);
        Assert.True(changes.HasFlag(ImageChanges.Centred));
    }

    [Fact]
    public void A_large_shape_of_the_right_size_stays_where_it_is()
    {
        GreyImage shoe = Rectangle(28, 28, 0, 14, 28, 10);
        Assert.Equal(shoe.Levels, Fit(shoe).Pixels);
    }

    [Fact]
    public void An_input_of_another_size_than_MNISTs_may_depend_on_the_place()
    {
        GreyImage corner = Rectangle(64, 64, 1, 1, 8, 8);
        Assert.Equal(corner.Levels, ImageFitting.Fit(corner, 64, 64, "corner.png").Pixels);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(2, 300)]
    [InlineData(1, 1000)]
    public void A_thin_line_becomes_bright_ink(int pen, int size)
    {
        GreyImage frame = Rectangle(size, size, size / 4, size / 6, size / 2, size * 2 / 3);
        GreyImage hole = Rectangle(size, size, size / 4 + pen, size / 6 + pen, size / 2 - 2 * pen, size * 2 / 3 - 2 * pen);
        byte[] outline = [.. frame.Levels.Zip(hole.Levels, (outer, inner) => (byte)(outer - inner))];
        var (pixels, changes) = Fit(new GreyImage(size, size, outline));
        Assert.InRange(pixels.Where(level => level > 0).Average(level => level), 150, 255);
        Assert.True(changes.HasFlag(ImageChanges.Stretched));
    }

    [Fact]
    public void A_speck_is_removed_and_a_dot_is_not()
    {
        GreyImage stroke = Rectangle(280, 280, 100, 50, 40, 180);
        byte[] clean = Fit(stroke).Pixels;
        stroke.Levels[5 * 280 + 5] = 55;
        var (pixels, changes) = Fit(stroke);
        Assert.Equal(clean, pixels);
        Assert.True(changes.HasFlag(ImageChanges.Cleaned));
        for (int y = 10; y < 40; y++)
            stroke.Levels.AsSpan(y * 280 + 105, 30).Fill(255);
        Assert.NotEqual(clean, Fit(stroke).Pixels);
    }

    [Fact]
    public void A_large_image_becomes_twenty_pixels_in_the_middle()
    {
        // 40 x 80 of ink, anywhere: scaled by 20/80 to 10 x 20.
        var (pixels, changes) = Fit(Rectangle(200, 150, 13, 57, 40, 80));
        Assert.Equal(Rectangle(28, 28, 9, 4, 10, 20).Levels, pixels);
        Assert.Equal(ImageChanges.Cropped | ImageChanges.Scaled | ImageChanges.Centred, changes);
    }

    [Fact]
    public void A_small_image_is_made_larger()
    {
        var (pixels, _) = Fit(Rectangle(9, 9, 2, 2, 5, 4));
        Assert.Equal(Rectangle(28, 28, 4, 6, 20, 16).Levels, pixels);
    }

    [Fact]
    public void Paper_and_pencil_become_black_and_white()
    {
        var (pixels, changes) = Fit(Rectangle(100, 100, 20, 10, 40, 80, ground: 230, ink: 60));
        Assert.Equal(Rectangle(28, 28, 9, 4, 10, 20).Levels, pixels);
        Assert.Equal(
            ImageChanges.Inverted | ImageChanges.Stretched | ImageChanges.Cropped | ImageChanges.Scaled | ImageChanges.Centred, changes);
    }

    [Fact]
    public void The_centre_of_mass_decides_and_not_the_middle_of_the_box()
    {
        // An L of 20 x 20: a bar at the left, a bar at the bottom; its mass lies to the lower left.
        GreyImage bar = Rectangle(40, 40, 10, 10, 4, 20);
        bar.Levels.AsSpan(29 * 40 + 10, 20).Fill(255);
        var (pixels, _) = Fit(bar);
        // Mean pixel number: 80 at (1.5, 9.5) and 16 at (11.5, 19), so (3.17, 11.08);
        // 14 minus that is (10.83, 2.92), so column 11, limited to 8, and row 3.
        Assert.Equal(255, pixels[3 * 28 + 8]);
        Assert.Equal(255, pixels[22 * 28 + 27]);
        Assert.Equal(96 * 255, pixels.Sum(level => level));
    }

    [Fact]
    public void Another_shape_has_its_own_twenty_twenty_eighths()
    {
        var (pixels, _) = ImageFitting.Fit(Rectangle(100, 100, 20, 10, 40, 80), 14, 14, "digit.png");
        Assert.Equal(Rectangle(14, 14, 5, 2, 5, 10).Levels, pixels);
    }

    [Fact]
    public void Areas_are_averaged_exactly()
    {
        GreyImage scaled = AreaScaling.Scale(new GreyImage(3, 1, [0, 90, 255]), 2, 1);
        // (0 + 90/2) / 1.5 and (90/2 + 255) / 1.5
        Assert.Equal([30, 200], scaled.Levels);
        Assert.Equal([10, 10, 10, 20, 20, 20], AreaScaling.Scale(new GreyImage(2, 1, [10, 20]), 6, 1).Levels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void An_empty_image_of_the_right_size_is_refused(byte level) =>
        Assert.StartsWith(
            "it is empty", Assert.Throws<InvalidInputException>(() => Fit(Rectangle(28, 28, 0, 0, 28, 28, ink: level))).Why,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void An_empty_image_is_refused(byte level)
    {
        var error = Assert.Throws<InvalidInputException>(() => Fit(Rectangle(50, 40, 0, 0, 50, 40, ink: level)));
        Assert.Equal("it is empty: nothing differs from its border", error.Why);
    }

    [Fact]
    public void Dust_that_vanishes_in_scaling_is_refused()
    {
        GreyImage dust = Rectangle(1000, 1000, 1, 1, 1, 1);
        dust.Levels[998 * 1000 + 998] = 255;
        Assert.Contains("so thin", Assert.Throws<InvalidInputException>(() => Fit(dust)).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1000)]
    [InlineData(1000, 1)]
    [InlineData(2, 3)]
    public void Odd_shapes_fit_or_are_refused(int width, int height)
    {
        byte[] levels = new byte[width * height];
        levels[width * height / 2] = 255;
        try
        {
            Assert.Equal(784, Fit(new GreyImage(width, height, levels)).Pixels.Length);
        }
        catch (InvalidInputException error)
        {
            Assert.Equal("it is empty: nothing differs from its border", error.Why);
        }
    }

    [Fact]
    public void The_border_is_counted_once_at_its_corners() =>
        Assert.Equal(30.0 * 5 / 8, new GreyImage(3, 3, [30, 30, 30, 30, 255, 0, 30, 0, 0]).BorderMean());
}
