namespace Nabla.Cli.Tests;

/// <summary>What a saved model says about inputs of every kind.</summary>
public sealed class PredictionTests
{
    private static Session Trained() => new Session().With("tiny.npz", Sample.Npz()).RunUnheard("train tiny.npz --layers 8 --epochs 20");

    [Fact]
    public void Arrays_of_one_example_and_of_several() =>
        Snapshot.Matches(Trained().With("one.npy", Sample.Npy(NumericArray.Create<float>([2, 0, 0, 0], 4))).With("three.npy", Sample.Npy(Sample.X(3)))
            .Run("predict model.safetensors one.npy three.npy"));

    [Fact]
    public void An_archive_gives_its_test_examples() => Snapshot.Matches(Trained().Run("predict model.safetensors tiny.npz"));

    [Fact]
    public void With_json_all_scores_are_there() =>
        Snapshot.Matches(Trained().With("one.npy", Sample.Npy(Sample.X(1))).Run("predict model.safetensors one.npy --json"));

    [Fact]
    public void A_table_needs_its_columns_in_any_order() =>
        Snapshot.Matches(new Session().With("iris.csv", Sample.Csv()).RunUnheard("train iris.csv --target species --layers 4 --epochs 30")
            .With("new.csv", "note,colour,length\na,red,1.5\nb,green,8\n").Run("predict model.safetensors new.csv"));

    [Fact]
    public void A_picture_is_made_like_those_that_were_learned_from()
    {
        // Two classes of 4 x 4 pictures: light above, light below.
        var above = new byte[16];
        Array.Fill<byte>(above, 255, 0, 8);
        var below = new byte[16];
        Array.Fill<byte>(below, 255, 8, 8);
        byte[] data = Sample.Npz(NumericArray.Create<byte>([.. above, .. below, .. above, .. below], 4, 4, 4), NumericArray.Create<byte>([0, 1, 0, 1], 4));
        Snapshot.Matches(new Session().With("halves.npz", data).RunUnheard("train halves.npz --validation halves.npz --layers none --epochs 50")
            .With("above.png", PngMaker.Grey(new GreyImage(4, 4, above))).Run("predict model.safetensors above.png"));
    }
}
