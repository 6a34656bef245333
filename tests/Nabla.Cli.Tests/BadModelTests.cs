namespace Nabla.Cli.Tests;

/// <summary>Models and inputs that do not go together, one kind per test: the message, and exit code 3.</summary>
public sealed class BadModelTests
{
    private static Session Trained() => new Session().With("tiny.npz", Sample.Npz()).RunSilently("train tiny.npz --layers 3 --epochs 1");

    private static Session TrainedOnTable() =>
        new Session().With("iris.csv", Sample.Csv()).RunSilently("train iris.csv --target species --layers 3 --epochs 1");

    private static byte[] WithNaN(byte[] model)
    {
        BitConverter.TryWriteBytes(model.AsSpan(model.Length - 4), float.NaN);
        return model;
    }

    [Fact]
    public void A_model_that_does_not_exist() => Snapshot.Matches(new Session().Run("predict nothing.safetensors x.npy"));

    [Fact]
    public void A_model_that_is_not_a_model() =>
        Snapshot.Matches(
            new Session().With("bad.safetensors", Sample.Npz()).Run("inspect bad.safetensors").Run("evaluate bad.safetensors digits"));

    [Fact]
    public void A_truncated_model() => Snapshot.Matches(Trained().Spoil(bytes => bytes[..^40]).Run("inspect model.safetensors"));

    [Fact]
    public void A_model_whose_header_is_damaged() =>
        Snapshot.Matches(Trained().Spoil(bytes => bytes.Flipped(8)).Run("inspect model.safetensors"));

    [Fact]
    public void A_model_that_another_program_made() =>
        Snapshot.Matches(
            Trained().Spoil(bytes => bytes.Replaced("nabla-model-1", "another-prog1")).Run("inspect model.safetensors"));

    [Fact]
    public void A_model_with_an_unknown_activation() =>
        Snapshot.Matches(Trained().Spoil(bytes => bytes.Replaced("relu", "rule")).Run("inspect model.safetensors"));

    [Fact]
    public void A_model_with_a_weight_that_is_not_a_number() => Snapshot.Matches(Trained().Spoil(WithNaN).Run("inspect model.safetensors"));

    [Fact]
    public void Data_with_another_number_of_features() =>
        Snapshot.Matches(
            Trained().With("wide.npz", Sample.Npz(NumericArray.Create<float>(new float[15], 3, 5), Sample.Y(3)))
                .Run("evaluate model.safetensors wide.npz"));

    [Fact]
    public void Data_with_other_classes() =>
        Snapshot.Matches(
            Trained().With("two.npz", Sample.Npz(Sample.X(2), NumericArray.Create<int>([0, 9], 2)))
                .Run("evaluate model.safetensors two.npz"));

    [Fact]
    public void An_input_of_another_shape() =>
        Snapshot.Matches(
            Trained().With("x.npy", Sample.Npy(NumericArray.Create<float>(new float[6], 2, 3))).Run("predict model.safetensors x.npy"));

    [Fact]
    public void An_input_that_is_not_a_number() =>
        Snapshot.Matches(
            Trained().With("x.npy", Sample.Npy(NumericArray.Create<float>([1, 2, float.NaN, 4], 4)))
                .Run("predict model.safetensors x.npy"));

    [Fact]
    public void Several_arrays_and_none_called_x() =>
        Snapshot.Matches(
            Trained().With("x.npz", Sample.Archive(("a", Sample.X(2)), ("b", Sample.X(2)))).Run("predict model.safetensors x.npz"));

    [Fact]
    public void A_table_for_a_model_of_arrays() =>
        Snapshot.Matches(Trained().With("iris.csv", Sample.Csv()).Run("predict model.safetensors iris.csv"));

    [Fact]
    public void An_image_for_a_model_of_numbers() =>
        Snapshot.Matches(
            Trained().With("digit.png", PngMaker.Grey(new GreyImage(2, 2, [0, 255, 255, 0]))).Run("predict model.safetensors digit.png"));

    [Fact]
    public void An_image_that_is_damaged() =>
        Snapshot.Matches(
            Trained().With("digit.png", PngMaker.Grey(new GreyImage(2, 2, [0, 255, 255, 0])).Flipped(20)).Run("inspect digit.png"));

    [Fact]
    public void A_truncated_image() =>
        Snapshot.Matches(Trained().With("digit.png", PngMaker.Grey(new GreyImage(2, 2, [0, 255, 255, 0]))[..40]).Run("inspect digit.png"));

    [Fact]
    public void A_complete_training_run_cannot_be_resumed() =>
        Snapshot.Matches(Trained().Run("train tiny.npz --resume model.safetensors"));

    [Fact]
    public void A_class_that_the_model_has_never_seen() =>
        Snapshot.Matches(
            TrainedOnTable().With("new.csv", "length,colour,species\n1,red,lupus\n").Run("evaluate model.safetensors new.csv"));

    [Fact]
    public void A_text_that_the_model_has_never_seen() =>
        Snapshot.Matches(TrainedOnTable().With("new.csv", "length,colour\n1,pink\n")
            .Run("predict model.safetensors new.csv --unknown error"));

    [Fact]
    public void A_column_that_the_model_needs_is_missing() =>
        Snapshot.Matches(TrainedOnTable().With("new.csv", "length\n1\n").Run("predict model.safetensors new.csv"));
}
