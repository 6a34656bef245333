using System.IO.Compression;
using System.Text;

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

    [Theory]
    [InlineData("x_train", "y_train")]
    [InlineData("X_train", "Y_train")]
    [InlineData("x", "y")]
    [InlineData("X", "y")]
    [InlineData("images", "labels")]
    [InlineData("data", "target")]
    [InlineData("inputs", "targets")]
    [InlineData("features", "labels")]
    [InlineData("train_images", "train_labels")]
    [InlineData("TrainX", "TrainY")]
    public void Usual_names_are_found(string x, string y)
    {
        var file = Datasets.ReadNpz(Npz((x, X), (y, Y), ("ids", Y)));
        Assert.Equal([1, 0], file.Train!.Classes.Labels.ToArray());
        Assert.Null(file.Test);
        Assert.Equal(["ids"], file.Unused);
        Assert.Equal([2, 2, 2], Datasets.ReadInputs(files["a.npz"]).Shape);
    }

    [Fact]
    public void The_parts_of_a_data_set_are_found()
    {
        (string, NumericArray)[] arrays =
        [
            ("train_images", X), ("train_labels", Y), ("val_images", X), ("val_labels", Y), ("test_images", X), ("test_labels", Y),
        ];
        var file = Datasets.ReadNpz(Npz(arrays));
        Assert.NotNull(file.Train);
        Assert.NotNull(file.Test);
        Assert.Equal(["val_images", "val_labels"], file.Unused);
        file = Datasets.ReadNpz(Npz(arrays[..4]));
        Assert.NotNull(file.Test);
        Assert.Empty(file.Unused);
        file = Datasets.ReadNpz(Npz(arrays), new() { Inputs = "val_images", Targets = "test_labels" });
        Assert.NotNull(file.Train);
        Assert.Null(file.Test);
    }

    [Fact]
    public void Test_data_alone_can_be_read_and_not_trained_on()
    {
        string path = Npz(("x_test", X), ("y_test", NumericArray.Create<int>([7, 7], 2)));
        var file = Datasets.ReadNpz(path);
        Assert.Null(file.Train);
        Assert.Equal(["7"], file.Test!.Classes.Names);
        file = Datasets.ReadNpz(path, new() { ClassNames = ["3", "7"] });
        Assert.Equal(["3", "7"], file.Test!.Classes.Names);
        Assert.Equal([1, 1], file.Test.Classes.Labels.ToArray());
        var error = Hostile.Refused(() => Datasets.ReadNpz(path, new() { ClassNames = ["1", "2"] }));
        Assert.Contains("the label is 7, but the training labels are 1, 2", error.Why, StringComparison.Ordinal);
        Assert.Contains("it has only test examples", Hostile.Refused(() => Datasets.FromNpz(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_that_could_be_meant_are_listed()
    {
        Refused("several of its arrays could be meant: x, X, y", "", ("x", X), ("X", X), ("y", Y));
        Refused("several of its arrays could be meant", "", ("x", X), ("y", Y), ("x_train", X), ("y_train", Y));
        Refused("no array x_train, y_train; it has a, b", "", ("a", X), ("b", Y));
        Refused("no array labels; it has images", "", ("images", X));
        Refused("no array train_labels", "", ("train_images", X));
        Assert.Contains(
            "it has no array z", Hostile.Refused(() => Datasets.ReadNpz(Npz(("x", X)), new() { Inputs = "z", Targets = "x" })).Why,
            StringComparison.Ordinal);
        var error = Hostile.Refused(() => Datasets.ReadInputs(Npz(("a", X), ("b", X))));
        Assert.Contains("it has the arrays a, b", error.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_may_be_any_whole_numbers_of_64_bits()
    {
        var classes = Read(("x_train", X), ("y_train", NumericArray.Create<ulong>([ulong.MaxValue, 1UL << 63], 2))).Train.Classes;
        Assert.Equal(["9223372036854775808", "18446744073709551615"], classes.Names);
        Assert.Equal([1, 0], classes.Labels.ToArray());
    }

    [Theory]
    [InlineData("<U2", "k\0\0\00\0\0\0b\0\0\0\0\0\0\0", new[] { "b", "k0" })]
    [InlineData(">U1", "\0\0\0z\0\0\0a", new[] { "a", "z" })]
    [InlineData("|S3", "catdo\0", new[] { "cat", "do" })]
    public void Labels_may_be_texts(string type, string content, string[] names)
    {
        var classes = Datasets.FromNpz(WithTexts(type, "(2,)", content)).Train.Classes;
        Assert.Equal(names, classes.Names);
        Assert.Equal(names[0][0] == content.Trim('\0')[0] ? [0, 1] : new[] { 1, 0 }, classes.Labels.ToArray());
    }

    [Theory]
    [InlineData("<U1", "(2,)", "\0\u00d8\0\0a\0\0\0", "is not Unicode")]
    [InlineData("|S2", "(2,)", "\u00ff\u00ffab", "is not UTF-8")]
    [InlineData("|S1", "(1, 2)", "ab", "neither [examples] nor")]
    [InlineData("<U999999", "(2,)", "ab", "strings")]
    [InlineData("<U0", "(2,)", "", "strings")]
    [InlineData("<U2", "(2,)", "ab", "takes 16 bytes")]
    [InlineData("<U65536", "(65536,)", "ab", "2 GB")]
    public void Texts_that_are_none_are_refused(string type, string shape, string content, string why)
    {
        string path = WithTexts(type, shape, content);
        Assert.Contains(why, Hostile.Refused(() => Datasets.FromNpz(path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_to_predict_are_not_texts()
    {
        string path = WithTexts("|S1", "(2,)", "ab");
        Assert.Equal(2, Datasets.FromNpz(path).Train.Targets.Width);
        var error = Hostile.Refused(() => Datasets.ReadNpz(path, new() { TargetKind = TargetKind.Values }));
        Assert.Contains("texts", error.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allocates-1.5mb.npz")]
    [InlineData("allocates-2mb.idx")]
    public void A_small_file_takes_little_memory(string name)
    {
        string path = TestFiles.Shared("cases/hostile/" + name);
        Read(); // what is loaded once does not count
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 19);

        void Read()
        {
            if (name.EndsWith(".idx", StringComparison.Ordinal))
                IdxReader.Read(path);
            else
                Datasets.FromNpz(path);
        }
    }

    [Theory]
    [InlineData("emnist-letters-", "test", "-idx3-ubyte.gz", "-idx1-ubyte.gz")]
    [InlineData("", "t10k", ".idx3-ubyte", ".idx1-ubyte")]
    public void Each_IDX_file_finds_its_companion(string prefix, string test, string images, string labels)
    {
        byte[] content = File.ReadAllBytes(TestFiles.FromNumPy("images.idx.gz"));
        foreach (string part in (string[])["train", test])
        {
            files.Write($"{prefix}{part}-images{images}", content);
            files.Write($"{prefix}{part}-labels{labels}", [0, 0, 8, 1, 0, 0, 0, 2, 26, 1]);
        }
        foreach (string path in (string[])[files.Folder, files[$"{prefix}train-images{images}"], files[$"{prefix}train-labels{labels}"]])
        {
            var both = Datasets.ReadIdx(path);
            Assert.Equal(["1", "26"], both.Train!.Classes.Names);
            Assert.NotNull(both.Test);
        }
        var alone = Datasets.ReadIdx(files[$"{prefix}{test}-images{images}"], new() { ClassNames = ["1", "2", "26"] });
        Assert.Null(alone.Train);
        Assert.Equal([2, 0], alone.Test!.Classes.Labels.ToArray());
    }

    [Fact]
    public void A_folder_of_IDX_test_files_is_read_and_one_of_several_data_sets_is_not()
    {
        byte[] images = File.ReadAllBytes(TestFiles.FromNumPy("images.idx.gz"));
        byte[] labels = [0, 0, 8, 1, 0, 0, 0, 2, 0, 1];
        files.Write("t10k-images-idx3-ubyte", images);
        files.Write("t10k-labels-idx1-ubyte", labels);
        Assert.NotNull(Datasets.ReadIdx(files.Folder).Test);
        Assert.Contains("it has only test examples", Hostile.Refused(() => Datasets.FromIdx(files.Folder)).Why, StringComparison.Ordinal);
        files.Write("a-train-images-idx3-ubyte", images);
        files.Write("b-train-images-idx3-ubyte", images);
        Assert.Contains(
            "several data sets: a-train-images, b-train-images", Hostile.Refused(() => Datasets.FromIdx(files.Folder)).Why,
            StringComparison.Ordinal);
    }

    /// <summary>An archive whose y_train has a type that NpyWriter does not write.</summary>
    private string WithTexts(string type, string shape, string content)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        byte[] y = [0x93, .. "NUMPY\u0001\0"u8, (byte)header.Length, 0, .. Encoding.Latin1.GetBytes(header + content)];
        using (var stream = File.Create(files["a.npz"]))
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using (var x = archive.CreateEntry("x_train.npy").Open())
                NpyWriter.Write(x, X);
            using (var entry = archive.CreateEntry("y_train.npy").Open())
                entry.Write(y);
        }
        return files["a.npz"];
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
