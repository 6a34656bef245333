namespace Nabla.Tests;

/// <summary>Known changes of small images: which pixel goes where.</summary>
public class ResamplingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(4, 7)]
    public void Without_a_change_an_image_stays_as_it_is(int height, int width)
    {
        byte[] bytes = Bytes(height, width);
        Assert.Equal(bytes, Resample<byte, BytePixel>(bytes, height, width, new AffineChange()));
        float[] floats = [.. bytes.Select(value => (value - 100) / 3f)];
        Assert.Equal(floats, Resample<float, FloatPixel>(floats, height, width, new AffineChange()));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-2, 1)]
    [InlineData(3, -3)]
    [InlineData(0, 6)]
    [InlineData(-50, 1e9)]
    public void A_shift_by_whole_pixels_moves_them_exactly(double right, double down)
    {
        const int Height = 6, Width = 7;
        byte[] image = Bytes(Height, Width);
        byte[] moved = Resample<byte, BytePixel>(image, Height, Width, new AffineChange { ShiftX = right, ShiftY = down });
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                bool isInside = x - right is >= 0 and < Width && y - down is >= 0 and < Height;
                Assert.Equal(isInside ? image[(int)(y - down) * Width + (int)(x - right)] : 0, moved[y * Width + x]);
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_quarter_turn_is_exact(int side)
    {
        byte[] image = Bytes(side, side);
        byte[] once = Resample<byte, BytePixel>(image, side, side, new AffineChange { Rotation = 90 });
        byte[] back = Resample<byte, BytePixel>(image, side, side, new AffineChange { Rotation = -90 });
        byte[] twice = Resample<byte, BytePixel>(image, side, side, new AffineChange { Rotation = 180 });
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                Assert.Equal(image[(side - 1 - x) * side + y], once[y * side + x]);
                Assert.Equal(image[x * side + side - 1 - y], back[y * side + x]);
                Assert.Equal(image[(side - 1 - y) * side + side - 1 - x], twice[y * side + x]);
            }
        }
    }

    [Fact]
    public void A_shear_moves_each_row_by_its_distance_below_the_centre()
    {
        const int Side = 5;
        byte[] image = Bytes(Side, Side);
        byte[] sheared = Resample<byte, BytePixel>(image, Side, Side, new AffineChange { Shear = 1 });
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                int from = x - (y - 2);
                Assert.Equal(from is >= 0 and < Side ? image[y * Side + from] : 0, sheared[y * Side + x]);
            }
        }
    }

    [Fact]
    public void A_zoom_by_two_doubles_the_distance_from_the_centre()
    {
        float[] image = new float[7 * 7];
        image[2 * 7 + 4] = 8; // one right of the centre, one above it
        float[] zoomed = Resample<float, FloatPixel>(image, 7, 7, new AffineChange { ZoomX = 2, ZoomY = 2 });
        Assert.Equal(8, zoomed[1 * 7 + 5]);
        Assert.Equal(4, zoomed[1 * 7 + 4]);
        Assert.Equal(2, zoomed[2 * 7 + 4]);
        Assert.Equal(8 * 4, zoomed.Sum());
    }

    [Fact]
    public void Between_pixels_it_interpolates_and_bytes_are_rounded_to_the_nearest()
    {
        var change = new AffineChange { ShiftX = 0.25 };
        Assert.Equal([7.5f, 17.5f, 27.5f], Resample<float, FloatPixel>([10, 20, 30], 1, 3, change));
        Assert.Equal([8, 18, 28], Resample<byte, BytePixel>([10, 20, 30], 1, 3, change));
        Assert.Equal([191, 255, 255], Resample<byte, BytePixel>([255, 255, 255], 1, 3, change));
        var corner = Resample<float, FloatPixel>([10, 20, 30, 40], 2, 2, new AffineChange { ShiftX = 0.5, ShiftY = -0.5 });
        Assert.Equal([10, 25, 7.5f, 17.5f], corner);
    }

    [Fact]
    public void The_steps_are_zoom_shear_rotation_and_shift()
    {
        var change = new AffineChange { ShiftX = 1.5, ShiftY = -2.25, Rotation = 33, Shear = 0.4, ZoomX = 1.3, ZoomY = 0.7 };
        var map = change.Source(9, 12);
        foreach (var (x, y) in new (double, double)[] { (0, 0), (3, 7), (11, 8), (5.5, 4) })
        {
            double right = (x - 5.5) * 1.3, down = (y - 4) * 0.7;
            right += 0.4 * down;
            double angle = 33 * Math.PI / 180;
            (right, down) = (right * Math.Cos(angle) - down * Math.Sin(angle), right * Math.Sin(angle) + down * Math.Cos(angle));
            double newX = 5.5 + right + 1.5, newY = 4 + down - 2.25;
            Assert.Equal(x, map.XX * newX + map.XY * newY + map.X0, 1e-5);
            Assert.Equal(y, map.YX * newX + map.YY * newY + map.Y0, 1e-5);
        }
    }

    [Fact]
    public void Displacements_are_added_to_where_a_pixel_comes_from()
    {
        const int Height = 3, Width = 4;
        byte[] image = Bytes(Height, Width), result = new byte[Height * Width];
        float[] displacements = new float[Height * 2 * Width];
        displacements[(1 * 2 + 0) * Width + 2] = 1;  // x of pixel (2, 1)
        displacements[(2 * 2 + 1) * Width + 0] = -2; // y of pixel (0, 2)
        displacements[(0 * 2 + 1) * Width + 3] = float.NegativeInfinity;
        displacements[(0 * 2 + 0) * Width + 1] = float.NaN;
        var padded = new PaddedImage(Height, Width);
        padded.Load<byte, BytePixel>(image);
        padded.Resample<byte, BytePixel>(new AffineChange().Source(Height, Width), displacements, result);
        byte[] expected = (byte[])image.Clone();
        expected[1 * Width + 2] = image[1 * Width + 3];
        expected[2 * Width + 0] = image[0];
        expected[3] = 0;
        expected[1] = 0;
        Assert.Equal(expected, result);
    }

    private static byte[] Bytes(int height, int width) => [.. Enumerable.Range(0, height * width).Select(i => (byte)(255 - 37 * i % 251))];

    private static T[] Resample<T, TPixel>(T[] image, int height, int width, AffineChange change)
        where T : unmanaged
        where TPixel : struct, IPixel<T>
    {
        var padded = new PaddedImage(height, width);
        var result = new T[image.Length];
        padded.Load<T, TPixel>(image);
        padded.Resample<T, TPixel>(change.Source(height, width), [], result);
        return result;
    }
}
