namespace Nabla.Tests;

public sealed class DatasetsTests : IDisposable
{
    private static readonly NumericArray X = NumericArray.Create<byte>([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
    private static readonly NumericArray Y = NumericArray.Create<long>([2, 0], 2);
    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void MNIST_becomes_two_data_sets()
    {
        var (train, test) = Datasets.FromNpz(TestFiles.Shared("data/mnist.npz"));
        Assert.Equal("mnist.npz: 60000 examples, 784 features, 10 classes", train.ToString());
        Assert.Equal("mnist.npz (test): 10000 examples, 784 features, 10 classes", test!.ToString());
        Assert.Equal([28, 28], train.InputShape);
        Assert.True(train.Inputs.IsBytes);
        Assert.Equal([5, 0, 4, 1, 9], train.Classes.Labels[..5].ToArray());
        Assert.Equal([7, 2, 1, 0, 4], test.Classes.Labels[..5].ToArray());
    }

    [Fact]
    public void Bytes_stay_bytes_and_the_test_set_may_be_missing()
    {
        var (train, test) = Read(("x_train", X), ("y_train", Y));
        Assert.Null(test);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], train.Inputs.Bytes.ToArray());
        Assert.Equal([1, 0], train.Classes.Labels.ToArray());
        Assert.Equal(["0", "2"], train.Classes.Names);
        Assert.Equal([2, 2], train.InputShape);
    }

    [Fact]
    public void Other_numbers_become_floats()
    {
        var (train, _) = Read(("x_train", NumericArray.Create<double>([0.5, -1, 2, 1e10], 2, 2)), ("y_train", Y));
        Assert.Equal([0.5f, -1, 2, 1e10f], train.Inputs.Floats.ToArray());
        (train, _) = Read(("x_train", NumericArray.Create<bool>([true, false], 2, 1)), ("y_train", Y));
        Assert.Equal([1f, 0f], train.Inputs.Floats.ToArray());
    }

    [Fact]
    public void Labels_may_be_whole_floats_a_column_or_one_hot()
    {
        Assert.Equal([1, 0], Labels(NumericArray.Create<float>([2, 0], 2)));
        Assert.Equal([1, 0], Labels(NumericArray.Create<byte>([2, 0], 2, 1)));
        Assert.Equal([2, 0], Labels(NumericArray.Create<float>([0, 0, 1, 0, 1, 0, 0, 0], 2, 4)));
        Assert.Equal(
            4, Read(("x_train", X), ("y_train", NumericArray.Create<float>([0, 0, 1, 0, 1, 0, 0, 0], 2, 4))).Train.Classes.Names.Count);

        int[] Labels(NumericArray y) => Read(("x_train", X), ("y_train", y)).Train.Classes.Labels.ToArray();
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, new[] { "1", "2" }, new[] { 0, 1 })]
    [InlineData(new[] { 200, 100 }, new[] { "100", "200" }, new[] { 1, 0 })]
    [InlineData(new[] { 1, -1 }, new[] { "-1", "1" }, new[] { 1, 0 })]
    public void Classes_are_the_numbers_that_occur(int[] numbers, string[] names, int[] labels)
    {
        var classes = Read(("x_train", X), ("y_train", NumericArray.Create<int>(numbers, 2))).Train.Classes;
        Assert.Equal(names, classes.Names);
        Assert.Equal(labels, classes.Labels.ToArray());
    }

    [Fact]
    public void Large_numbers_keep_their_differences()
    {
        Assert.Equal([0f, 1], Floats(NumericArray.Create<long>([1_700_000_000, 1_700_000_001], 2, 1)));
        Assert.Equal([0f, 1], Floats(NumericArray.Create<ulong>([1_700_000_000, 1_700_000_001], 2, 1)));
        Assert.Equal([0f, 0.5f], Floats(NumericArray.Create<double>([1_700_000_000, 1_700_000_000.5], 2, 1)));
        Assert.Equal([0f, 1], Floats(NumericArray.Create<int>([-1_700_000_000, -1_699_999_999], 2, 1)));
        Assert.Equal([3f, 1_000_000], Floats(NumericArray.Create<long>([3, 1_000_000], 2, 1)));

        float[] Floats(NumericArray x) => Read(("x_train", x), ("y_train", Y)).Train.Inputs.Floats.ToArray();
    }

    [Fact]
    public void Floats_that_are_no_labels_are_values_to_predict()
    {
        Assert.Equal([0.5, 2], Values(NumericArray.Create<float>([0.5f, 2], 2)));
        Assert.Equal([1700000000.25, -1], Values(NumericArray.Create<double>([1700000000.25, -1], 2, 1)));
        Assert.Equal([1.0, 2.5, 3, 4], Values(NumericArray.Create<double>([1, 2.5, 3, 4], 2, 2)));
        Assert.Equal([-1.0, 1], Values(NumericArray.Create<double>([-1, 1], 2)));
        Assert.Equal([2.0, 0], Values(Y, TargetKind.Values));
        var two = NumericArray.Create<double>([1, 2.5, 3, 4], 2, 2);
        Assert.Equal(["target 0", "target 1"], Read(("x_train", X), ("y_train", two)).Train.Targets.Names);
        string path = Npz(("x_train", X), ("y_train", NumericArray.Create<float>([0.5f, 2], 2)));
        var error = Assert.Throws<InvalidInputException>(() => Datasets.FromNpz(path, TargetKind.Classes));
        Assert.Contains("whole number", error.Why, StringComparison.Ordinal);

        double[] Values(NumericArray y, TargetKind kind = TargetKind.Automatic) =>
            Datasets.FromNpz(Npz(("x_train", X), ("y_train", y)), kind).Train.Values.Values.ToArray();
    }

    [Fact]
    public void Values_must_be_finite_one_row_for_each_example_and_alike_in_both_sets()
    {
        Assert.Contains("[2]", Error(("y_train", NumericArray.Create<float>([0.5f, 1, 2], 3))).Why, StringComparison.Ordinal);
        foreach (double wrong in (double[])[double.NaN, 1e39])
        {
            var array = NumericArray.Create<double>([0.5, wrong], 2);
            Assert.Contains("not a finite float32", Error(("y_train", array)).Why, StringComparison.Ordinal);
        }
        Assert.Contains(
            "has 2 values",
            Error(
                ("y_train", NumericArray.Create<float>([0.5f, 1], 2)), ("x_test", X),
                ("y_test", NumericArray.Create<float>([0.5f, 1, 2, 3], 2, 2))).Why,
            StringComparison.Ordinal);

        InvalidInputException Error(params (string, NumericArray)[] arrays) =>
            Assert.Throws<InvalidInputException>(() => Datasets.FromNpz(Npz([("x_train", X), .. arrays])));
    }

    [Fact]
    public void A_shape_of_negative_sizes_is_refused()
    {
        var inputs = FeatureTable.FromFloats(new float[6], 1, 6);
        Assert.Throws<ArgumentException>(() => new Dataset("d", inputs, new ClassTargets([0], ["a"]), inputShape: [-2, -3]));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_place()
    {
        Refused("no array y_train; it has x_train", "", ("x_train", X));
        Refused("no array x_train, y_train; it has none", "");
        Refused("no array y_test", "", ("x_train", X), ("y_train", Y), ("x_test", X));
        Refused("3 labels for 2 examples", "y_train", ("x_train", X), ("y_train", NumericArray.Create<int>([0, 1, 2], 3)));
        Refused("should be [examples, features]", "x_train", ("x_train", Y), ("y_train", Y));
        Refused("should be [examples, features]", "x_train", ("x_train", NumericArray.Create<float>([], 0, 3)), ("y_train", Y));
        Refused("all labels are 7", "y_train", ("x_train", X), ("y_train", NumericArray.Create<sbyte>([7, 7], 2)));
        Refused("all labels are 1", "y_train", ("x_train", X), ("y_train", NumericArray.Create<float>([0, 1, 0, 1], 2, 2)));
        Refused(
            "65537 different labels", "y_train", ("x_train", NumericArray.Create<byte>(new byte[65537], 65537, 1)),
            ("y_train", NumericArray.Create<int>([.. Enumerable.Range(0, 65537)], 65537)));
        Refused(
            "more than 65536 classes", "y_train", ("x_train", X), ("y_train", NumericArray.Create<byte>(new byte[2 * 70_000], 2, 70_000)));
        Refused("18446744073709551615 is not a whole number", "example 1", ("x_train", X),
            ("y_train", NumericArray.Create<ulong>([0, ulong.MaxValue], 2)));
        Refused("not one-hot", "example 1", ("x_train", X), ("y_train", NumericArray.Create<byte>([0, 1, 1, 1], 2, 2)));
        Refused("the training labels are 0, 2", "y_test, example 0", ("x_train", X), ("y_train", Y), ("x_test", X),
            ("y_test", NumericArray.Create<int>([3, 0], 2)));
        Refused("have the shape [4]", "x_test", ("x_train", X), ("y_train", Y), ("x_test", NumericArray.Create<byte>([1, 2, 3, 4], 1, 4)),
            ("y_test", Y));
        Refused("its elements are Float32", "x_test", ("x_train", X), ("y_train", Y),
            ("x_test", NumericArray.Create<float>(new float[8], 2, 2, 2)), ("y_test", Y));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(1e300, "1E+300")]
    public void A_value_that_is_not_a_finite_float_is_refused_with_its_place(double value, string text) =>
        Refused($"the value {text} is not a finite", "x_train, example 1, feature 2",
            ("x_train", NumericArray.Create<double>([1, 2, 3, 4, 5, value], 2, 3)), ("y_train", Y));

    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte")]
    [InlineData("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte", null, null)]
    public void IDX_files_are_found_by_their_names(string trainImages, string trainLabels, string? testImages, string? testLabels)
    {
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];
        byte[] images = File.ReadAllBytes(TestFiles.FromNumPy("images.idx.gz")); // found to be gzip by content, not by name
        foreach (var (name, content) in new[] { (trainImages, images), (trainLabels, labels), (testImages, images), (testLabels, labels) })
        {
            if (name is not null)
                files.Write(name, content);
        }
        foreach (string path in (string[])[files.Folder, files[trainImages]])
        {
            var (train, test) = Datasets.FromIdx(path);
            Assert.Equal([2, 3], train.InputShape);
            Assert.Equal([1, 0], train.Classes.Labels.ToArray());
            Assert.Equal(testImages is not null, test is not null);
        }
    }

    [Fact]
    public void A_missing_IDX_file_is_named()
    {
        files.Write("train-images-idx3-ubyte", []);
        Assert.Contains("no train-labels-idx1-ubyte", Hostile.Refused(() => Datasets.FromIdx(files.Folder)).Why, StringComparison.Ordinal);
        files.Write("train-labels-idx1-ubyte", []);
        files.Write("t10k-labels-idx1-ubyte", []);
        Assert.Contains(
            "the other file of the test set", Hostile.Refused(() => Datasets.FromIdx(files.Folder)).Why, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Datasets.FromIdx(files["none"]));
    }

    private (Dataset Train, Dataset? Test) Read(params (string Name, NumericArray Array)[] arrays) => Datasets.FromNpz(Npz(arrays));

    private string Npz(params (string Name, NumericArray Array)[] arrays)
    {
        NpzWriter.Write(files["a.npz"], arrays);
        return files["a.npz"];
    }

    private void Refused(string why, string where, params (string Name, NumericArray Array)[] arrays)
    {
        var error = Hostile.Refused(() => Read(arrays));
        Assert.Contains(why, error.Why, StringComparison.Ordinal);
        Assert.Contains(where, error.Where, StringComparison.Ordinal);
    }
}
