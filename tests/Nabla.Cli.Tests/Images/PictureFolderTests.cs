namespace Nabla.Cli.Tests;

/// <summary>Folders with a sub-folder of pictures for each class.</summary>
public sealed class PictureFolderTests
{
    private const string Train = "--layers 8 --batch-size 4 --epochs 40 --learning-rate 0.01";

    private static byte[] Png(int width, int height, params byte[] colour) => PngMaker.File(
        PngMaker.Header(width, height, 8, (byte)(colour.Length == 3 ? 2 : 0)),
        PngMaker.Data(
            [.. Enumerable.Repeat((byte[])[0, .. Enumerable.Repeat(colour, width).SelectMany(c => c)], height).SelectMany(row => row)]),
        PngMaker.Chunk("IEND"));

    private static byte[] Jpeg(byte level) => JpegMaker.Grey([level, level, level, level], 2);

    /// <summary>Dark and light pictures: PNG and JPEG.</summary>
    private static Session Greys(string folder = "photos")
    {
        var session = new Session();
        for (byte i = 0; i < 10; i++)
        {
            session.With($"{folder}/dark/{i}.png", Png(16, 16, (byte)(20 + i))).With($"{folder}/light/{i}.jpg", Jpeg((byte)(220 + i)));
        }
        return session;
    }

    [Fact]
    public void Pictures_of_one_size_keep_it()
    {
        using var session = Greys();
        session.Run($"train photos {Train}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains(
            "photos has 20 pictures, read in grey at 16 x 16, their own size (--size, --colour changes that).", session.Messages,
            StringComparison.Ordinal);
        Assert.Contains("Training 256-8-2", session.Messages, StringComparison.Ordinal);
        session.Run("evaluate model.safetensors photos");
        Assert.Contains("Accuracy: 1", session.Output, StringComparison.Ordinal);
        session.With("new.jpg", Jpeg(210)).With("large.png", Png(64, 48, 30));
        session.Run("predict model.safetensors new.jpg large.png");
        Assert.Matches(@"^new\.jpg: light .*\nlarge\.png: dark .*\n$", session.Output);
        Assert.Contains("pictures           grey", session.Run("inspect model.safetensors").Output, StringComparison.Ordinal);
        Assert.Contains("folder of pictures", session.Run("inspect photos").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_is_kept_where_there_is_some()
    {
        using var session = new Session();
        for (byte i = 0; i < 10; i++)
        {
            session.With($"p/red/{i}.png", Png(9 + i, 12, 200, (byte)(10 + i), 30));
            session.With($"p/green/{i}.png", Png(12, 12, 30, 200, (byte)(20 + i)));
        }
        session.Run($"train p {Train}");
        Assert.Contains("read in colour at 28 x 28 (--size, --grey changes that)", session.Messages, StringComparison.Ordinal);
        session.With("new.png", Png(50, 20, 25, 190, 30)).Run("predict model.safetensors new.png");
        Assert.StartsWith("new.png: green", session.Output, StringComparison.Ordinal);
        session.Run($"train p {Train} --size 6x5 --grey --out grey.safetensors");
        Assert.Contains("read in grey at 6 x 5.", session.Messages, StringComparison.Ordinal);
        Assert.Contains("Training 30-8-2", session.Messages, StringComparison.Ordinal);
        Assert.Contains("input shape        5 x 6", session.Run("inspect grey.safetensors").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, session.Run("evaluate grey.safetensors p").ExitCode);
    }

    [Fact]
    public void Train_and_test_folders_are_training_and_test_data()
    {
        using var session = Greys("photos/train");
        session.With("photos/test/light/a.png", Png(16, 16, 250)).With("photos/.hidden", "x").With("photos/notes.txt", "x")
            .With("photos/train/dark/.DS_Store", "x").With("photos/train/dark/readme.md", "x");
        session.Run($"train photos {Train}");
        Assert.Equal(ExitCode.Done, session.ExitCode);
        Assert.Contains("4 files or folders were skipped", session.Messages, StringComparison.Ordinal);
        Assert.Contains("on 20 examples of photos", session.Messages, StringComparison.Ordinal);
        session.Run("evaluate model.safetensors photos");
        Assert.Contains("(1 of 1)", session.Output, StringComparison.Ordinal);
        Directory.Delete(session.PathOf("photos/train"), recursive: true);
        Assert.Contains("(1 of 1)", session.Run("evaluate model.safetensors photos").Output, StringComparison.Ordinal);
        Assert.Contains("it has only test examples", session.Run("train photos").Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_digits_measures_folders_of_digits()
    {
        using var session = new Session();
        var box = new GreyImage(28, 28, new byte[784]);
        var bar = new GreyImage(28, 28, new byte[784]);
        for (int y = 4; y < 24; y++)
        {
            box.Levels.AsSpan(y * 28 + 4, 20).Fill(255);
            bar.Levels.AsSpan(y * 28 + 12, 4).Fill(255);
        }
        byte[] pixels = [.. box.Levels, .. bar.Levels, .. box.Levels, .. bar.Levels];
        session.With("d.npz", Sample.Npz(NumericArray.Create<byte>(pixels, 4, 28, 28), NumericArray.Create<byte>([0, 1, 0, 1], 4)))
            .RunSilently("train d.npz --validation d.npz --layers none --epochs 30");
        // Dark on light, and in another size: fitted as for predict.
        session.With("p/1/a.png", PngMaker.Grey(new GreyImage(28, 28, Array.ConvertAll(bar.Levels, level => (byte)(255 - level)))));
        session.Run("evaluate model.safetensors p");
        Assert.Contains("(1 of 1)", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_picture_is_named_with_its_path()
    {
        using var session = Greys();
        session.With("photos/dark/3.png", Png(16, 16, 9)[..60]).Run("train photos");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains($"cannot read {session.PathOf("photos/dark/3.png")}", session.Messages, StringComparison.Ordinal);
        session.With("photos/dark/3.png", "<html>404</html>").Run("train photos");
        Assert.Equal(ExitCode.InvalidInput, session.ExitCode);
        Assert.Contains("photos/dark/3.png", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_is_that_of_the_names()
    {
        string[] fingerprints = [.. new[] { true, false }.Select(ascending =>
        {
            using var session = new Session();
            int[] order = [.. ascending ? Enumerable.Range(0, 12) : Enumerable.Range(0, 12).Reverse()];
            foreach (int i in order)
                session.With($"p/{"bA"[i % 2]}/{i}.png", Png(4, 4, (byte)(i * 20)));
            session.Run("train p --layers none --epochs 2");
            return session.Output.Split('\n').Single(line => line.StartsWith("Fingerprint", StringComparison.Ordinal));
        })];
        Assert.Equal(fingerprints[0], fingerprints[1]);
    }

    [Theory]
    [InlineData("train p --task regression", "classes")]
    [InlineData("train p --colour --grey", "contradict")]
    [InlineData("train p --size 0x4", "width and height")]
    [InlineData("train p --size 100000x100000", "width and height")]
    [InlineData("train p", "a single class")]
    [InlineData("train d.npz --size 3x3", "not a folder of pictures")]
    [InlineData("train d.npz --inputs x_train", "--targets is missing")]
    [InlineData("train p --inputs a --targets b", "not an archive")]
    public void What_cannot_be_used_is_refused(string command, string why)
    {
        using var session = new Session().With("p/a/1.png", Png(4, 4, 9)).With("d.npz", Sample.Npz());
        session.Run(command);
        Assert.InRange(session.ExitCode, ExitCode.WrongUsage, ExitCode.InvalidInput);
        Assert.Contains(why, session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_JPEG_file_is_read_to_the_level()
    {
        using var session = new Session().With("a.jpg", JpegMaker.Grey([0, 255, 128, 7], 2));
        var image = ImageDecoder.Read(session.PathOf("a.jpg"), (file, name) => JpegStructure.Check(file, name));
        Assert.Equal("16 x 16", image.ToString());
        Assert.Equal([0, 255, 128, 7], new[] { image.Levels[0], image.Levels[15], image.Levels[255 - 15], image.Levels[255] });
    }

    [Fact]
    public void A_truncated_JPEG_file_is_found_wherever_it_ends()
    {
        byte[] file = JpegMaker.Grey([0, 255, 128, 7], 2);
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<InvalidInputException>(() => JpegStructure.Check(file.AsSpan(0, length), "short.jpg"));
    }

    [Fact]
    public void A_JPEG_header_that_promises_more_than_the_file_can_hold_is_refused()
    {
        byte[] file = JpegMaker.Grey([0, 255, 128, 7], 2);
        byte[] frame = JpegMaker.Frame(16, 16);
        JpegMaker.Frame(60000, 60000).CopyTo(file.AsSpan(file.AsSpan().IndexOf(frame)));
        var error = Assert.Throws<InvalidInputException>(() => JpegStructure.Check(file, "big.jpg"));
        Assert.Contains("60000 x 60000 pixels", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PNG_file_that_does_not_pay_for_its_pixels_is_refused()
    {
        byte[] file = PngMaker.File(PngMaker.Header(8000, 8000, 1, 0), PngMaker.Data(new byte[8000 * 1001]), PngMaker.Chunk("IEND"));
        var error = Assert.Throws<InvalidInputException>(() => PngStructure.Check(file, "empty.png"));
        Assert.Contains("almost all must be empty", error.Why, StringComparison.Ordinal);
    }
}
