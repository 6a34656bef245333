namespace Nabla.Cli.Tests;

/// <summary>Predictions of a saved model for inputs of every kind.</summary>
public sealed class PredictionTests
{
    private static Session Trained() =>
        new Session().With("tiny.npz", Sample.Npz()).RunSilently("train tiny.npz --layers 8 --epochs 20 --learning-rate 0.05");

    [Fact]
    public void Arrays_of_one_example_and_of_several() =>
        Snapshot.Matches(
            Trained().With("one.npy", Sample.Npy(NumericArray.Create<float>([2, 0, 0, 0], 4))).With("three.npy", Sample.Npy(Sample.X(3)))
            .Run("predict model.safetensors one.npy three.npy"));

    [Fact]
    public void An_archive_gives_its_test_examples() => Snapshot.Matches(Trained().Run("predict model.safetensors tiny.npz"));

    [Fact]
    public void With_json_all_scores_are_there() =>
        Snapshot.Matches(Trained().With("one.npy", Sample.Npy(Sample.X(1))).Run("predict model.safetensors one.npy --json"));

    [Fact]
    public void A_table_needs_its_columns_in_any_order() =>
        Snapshot.Matches(
            new Session().With("iris.csv", Sample.Csv())
                .RunSilently("train iris.csv --target species --layers 4 --epochs 30 --learning-rate 0.05")
            .With("new.csv", "note,colour,length\na,red,1.5\nb,green,8\n").Run("predict model.safetensors new.csv"));

    [Fact]
    public void An_image_is_fitted_to_the_model()
    {
        var above = Half(1);
        var below = Half(3);
        byte[] data = Sample.Npz(
            NumericArray.Create<byte>([.. above, .. below, .. above, .. below], 4, 6, 6), NumericArray.Create<byte>([0, 1, 0, 1], 4));
        // The same ink, dark on light, twice as large.
        var large = new byte[144];
        for (int i = 0; i < large.Length; i++)
            large[i] = (byte)(255 - above[(i / 12 / 2 * 6) + (i % 12 / 2)]);
        Snapshot.Matches(
            new Session().With("halves.npz", data)
                .RunSilently("train halves.npz --validation halves.npz --layers none --epochs 50 --learning-rate 0.05")
            .With("above.png", PngMaker.Grey(new GreyImage(6, 6, above)))
            .With("below.png", PngMaker.Grey(new GreyImage(6, 6, below)))
            .With("large.png", PngMaker.Grey(new GreyImage(12, 12, large)))
            .Run("predict model.safetensors above.png below.png large.png"));
    }

    [Fact]
    public void Pixels_that_were_divided_by_255_before_are_refused()
    {
        byte[] bytes = Sample.Npz(
            NumericArray.Create<byte>([255, 0, 0, 255, 255, 0, 0, 255], 4, 2), NumericArray.Create<byte>([0, 1, 0, 1], 4));
        byte[] floats = Sample.Npz(NumericArray.Create<float>([1, 0, 0, 1], 2, 2), NumericArray.Create<byte>([0, 1], 2));
        using var session = new Session().With("bytes.npz", bytes).With("floats.npz", floats)
            .RunSilently("train bytes.npz --validation bytes.npz --layers none --epochs 1");
        foreach (string command in (string[])["predict model.safetensors floats.npz", "evaluate model.safetensors floats.npz"])
        {
            var run = session.Run(command);
            Assert.Equal(ExitCode.InvalidInput, run.ExitCode);
            Assert.Contains("trained on bytes from 0 to 255", run.Messages, StringComparison.Ordinal);
        }
        Assert.Equal(ExitCode.Done, session.Run("predict model.safetensors bytes.npz").ExitCode);
    }

    /// <summary>An image of 6 x 6 pixels with two bright rows of ink within a dark margin.</summary>
    private static byte[] Half(int firstRow)
    {
        var pixels = new byte[36];
        for (int row = firstRow; row < firstRow + 2; row++)
            Array.Fill<byte>(pixels, 255, (row * 6) + 1, 4);
        return pixels;
    }
}
