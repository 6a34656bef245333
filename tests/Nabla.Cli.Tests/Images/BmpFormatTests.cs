using System.Buffers.Binary;

namespace Nabla.Cli.Tests;

public sealed class BmpFormatTests
{
    [Fact]
    public void A_bitmap_is_inspected_like_any_image()
    {
        using var session = WithBitmap();
        session.Run("inspect digit.bmp");
        Assert.Equal(0, session.ExitCode);
        Assert.Contains("BMP image", session.Output, StringComparison.Ordinal);
        Assert.Contains("28 x 28", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_claims_more_pixels_than_the_file_has_is_refused()
    {
        using var session = WithBitmap(file => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 1 << 30));
        session.Run("inspect digit.bmp");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("need", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_lacks_one_byte_is_refused_before_it_is_decoded()
    {
        using var session = new Session().With("digit.bmp", Bitmap(28, 28)[..^1]);
        session.Run("inspect digit.bmp");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("need 2406", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_pixel_is_a_picture()
    {
        using var session = WithBitmap(file =>
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), 1);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 1);
        });
        session.Run("inspect digit.bmp");
        Assert.Contains("1 x 1", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_begins_with_the_same_letters_is_not_a_bitmap() =>
        Assert.NotEqual("bmp", FileFormat.Detect("BMI,age,weight\n21.5,30,70\n"u8)!.Name);

    private static Session WithBitmap(Action<byte[]>? change = null)
    {
        var session = new Session();
        byte[] file = Bitmap(28, 28);
        change?.Invoke(file);
        File.WriteAllBytes(Path.Combine(session.Folder, "digit.bmp"), file);
        return session;
    }

    /// <summary>24 bits for each pixel: white paper with a black square.</summary>
    private static byte[] Bitmap(int width, int height)
    {
        int row = (3 * width + 3) / 4 * 4;
        byte[] file = new byte[54 + row * height];
        "BM"u8.CopyTo(file);
        int[] header = [file.Length, 0, 54, 40, width, height];
        for (int i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2 + 4 * i), header[i]);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        file.AsSpan(54).Fill(255);
        for (int y = 8; y < 20; y++)
            file.AsSpan(54 + y * row + 3 * 10, 3 * 8).Clear();
        return file;
    }
}
