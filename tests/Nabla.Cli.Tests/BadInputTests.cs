namespace Nabla.Cli.Tests;

/// <summary>Bad input, one kind per test: the message, and exit code 3.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void A_file_that_does_not_exist() => Snapshot.Matches(new Session().Run("train nothing.npz"));

    [Fact]
    public void An_empty_file() => Snapshot.Matches(new Session().With("bad.npz", "").Run("train bad.npz"));

    [Fact]
    public void A_truncated_npz() => Snapshot.Matches(new Session().With("bad.npz", Sample.Npz()[..500]).Run("train bad.npz"));

    [Fact]
    public void A_header_that_lies_about_the_shape() =>
        Snapshot.Matches(new Session().With("bad.npz", Sample.Npz().Replaced("(60, 4)", "(99, 9)")).Run("train bad.npz"));

    [Fact]
    public void A_header_that_claims_more_than_memory() =>
        Snapshot.Matches(
            new Session().With("bad.npy", Sample.Npy(Sample.X(10)).Replaced("(10, 4), }    ", "(999999, 9), }")).Run("inspect bad.npy"));

    [Fact]
    public void A_flipped_byte() => Snapshot.Matches(new Session().With("bad.npz", Sample.Npz().Flipped(300)).Run("train bad.npz"));

    [Fact]
    public void A_pickled_array() =>
        Snapshot.Matches(new Session().With("bad.npy", Sample.Npy(Sample.X(10)).Replaced("<f4", "|O4")).Run("inspect bad.npy"));

    [Fact]
    public void A_web_page_in_the_place_of_an_archive() =>
        Snapshot.Matches(new Session().With("bad.npz", "<!DOCTYPE html><html>404</html>").Run("train bad.npz"));

    [Fact]
    public void A_member_is_missing() =>
        Snapshot.Matches(new Session().With("bad.npz", Sample.Archive(("images", Sample.X(10)))).Run("train bad.npz"));

    [Fact]
    public void More_labels_than_examples() =>
        Snapshot.Matches(new Session().With("bad.npz", Sample.Npz(Sample.X(10), Sample.Y(12))).Run("train bad.npz"));

    [Fact]
    public void Labels_of_a_single_class() =>
        Snapshot.Matches(
            new Session().With("bad.npz", Sample.Npz(Sample.X(3), NumericArray.Create<int>([7, 7, 7], 3))).Run("train bad.npz"));

    [Fact]
    public void A_label_that_is_not_a_whole_number() =>
        Snapshot.Matches(
            new Session().With("bad.npz", Sample.Npz(Sample.X(3), NumericArray.Create<float>([0, 1, 1.5f], 3)))
                .Run("train bad.npz --task classification"));

    [Fact]
    public void A_test_label_that_was_never_trained() =>
        Snapshot.Matches(
            new Session().With("bad.npz", Sample.Npz(Sample.X(3), Sample.Y(3), Sample.X(3), NumericArray.Create<int>([0, 1, 7], 3)))
                .Run("train bad.npz"));

    [Fact]
    public void Test_examples_of_another_shape() =>
        Snapshot.Matches(
            new Session()
                .With("bad.npz", Sample.Npz(Sample.X(3), Sample.Y(3), NumericArray.Create<float>(new float[15], 3, 5), Sample.Y(3)))
                .Run("train bad.npz"));

    [Fact]
    public void Not_a_number_among_the_data() =>
        Snapshot.Matches(
            new Session().With("bad.npz", Sample.Npz(NumericArray.Create<float>([1, 2, 3, float.NaN], 2, 2), Sample.Y(2)))
                .Run("train bad.npz"));

    [Fact]
    public void An_infinite_value_among_the_data() =>
        Snapshot.Matches(
            new Session().With("bad.npz", Sample.Npz(NumericArray.Create<float>([1, 2, float.PositiveInfinity, 3], 2, 2), Sample.Y(2)))
                .Run("train bad.npz"));

    [Fact]
    public void No_examples() =>
        Snapshot.Matches(new Session().With("bad.npz", Sample.Npz(NumericArray.Create<float>([], 0, 4), Sample.Y(0))).Run("train bad.npz"));

    [Fact]
    public void A_single_array_as_data() => Snapshot.Matches(new Session().With("bad.npy", Sample.Npy(Sample.X(10))).Run("train bad.npy"));

    [Fact]
    public void A_folder_without_idx_files() => Snapshot.Matches(new Session().With("folder/readme.txt", "nothing").Run("train folder"));

    [Fact]
    public void A_truncated_idx_file() =>
        Snapshot.Matches(
            new Session().With("train-images-idx3-ubyte", (byte[])[0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2])
                .Run("inspect train-images-idx3-ubyte"));

    [Fact]
    public void Bytes_of_an_unknown_format() =>
        Snapshot.Matches(new Session().With("bad.bin", (byte[])[1, 2, 3, 4, 5, 6, 7, 8, 9]).Run("inspect bad.bin"));

    [Fact]
    public void A_column_that_is_missing() =>
        Snapshot.Matches(new Session().With("bad.csv", Sample.Csv()).Run("train bad.csv --target breed"));

    [Fact]
    public void A_cell_that_is_not_a_number() =>
        Snapshot.Matches(new Session().With("bad.csv", "a,b,c\n1,2,x\n3,-,y\n5,6,x\n").Run("train bad.csv --target c"));

    [Fact]
    public void A_row_with_too_few_fields() =>
        Snapshot.Matches(new Session().With("bad.csv", "a,b,c\n1,2,x\n3,y\n").Run("train bad.csv --target c"));

    [Fact]
    public void A_table_with_nothing_but_its_header() =>
        Snapshot.Matches(new Session().With("bad.csv", "a,b,c\n").Run("train bad.csv --target c"));

    [Fact]
    public void Two_columns_of_one_name() =>
        Snapshot.Matches(new Session().With("bad.csv", "a,a,c\n1,2,x\n3,4,y\n").Run("train bad.csv --target c"));

    [Fact]
    public void A_data_folder_without_mnist() =>
        Snapshot.Matches(new Session().With("data/readme.txt", "nothing").Run("train mnist --data-dir data"));

    [Fact]
    public void A_data_folder_that_does_not_exist() => Snapshot.Matches(new Session().Run("train mnist --data-dir nowhere"));

    [Fact]
    public void An_mnist_that_is_not_mnist() => Snapshot.Matches(new Session().With("data/mnist.npz", Sample.Npz()).Run("train mnist"));

    [Fact]
    public void Validation_data_that_do_not_exist() =>
        Snapshot.Matches(new Session().With("tiny.npz", Sample.Npz()).Run("train tiny.npz --validation other.npz"));

    [Fact]
    public void Validation_data_of_another_shape() =>
        Snapshot.Matches(
            new Session().With("tiny.npz", Sample.Npz())
                .With("other.npz", Sample.Npz(NumericArray.Create<float>(new float[15], 3, 5), Sample.Y(3)))
                .Run("train tiny.npz --validation other.npz"));
}
