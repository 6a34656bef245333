namespace Nabla.Tests;

/// <summary>Which files belong to a data set, by their names alone.</summary>
public sealed class IdxFilesTests : IDisposable
{
    private const string Train = "train-images-idx3-ubyte", TrainLabels = "train-labels-idx1-ubyte";
    private const string Test = "t10k-images-idx3-ubyte", TestLabels = "t10k-labels-idx1-ubyte";
    private readonly TestFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_folder_and_each_of_its_training_files_give_the_same_pairs()
    {
        Create(Train, TrainLabels, Test, TestLabels);
        Assert.Equal(new IdxFiles(Path.GetFileName(files.Folder), Pair(Train, TrainLabels), Pair(Test, TestLabels)), Find(""));
        Assert.Equal(new IdxFiles(Train, Pair(Train, TrainLabels), Pair(Test, TestLabels)), Find(Train));
        Assert.Equal(new IdxFiles(TrainLabels, Pair(Train, TrainLabels), Pair(Test, TestLabels)), Find(TrainLabels));
        Assert.Equal(new IdxFiles(Test, null, Pair(Test, TestLabels)), Find(Test));
        Assert.Equal(new IdxFiles(TestLabels, null, Pair(Test, TestLabels)), Find(TestLabels));
    }

    [Theory]
    [InlineData("images", "labels")]
    [InlineData("images.idx", "labels.idx.gz")]
    [InlineData("digits-images-idx2-ubyte", "digits-labels-idx1-ubyte")]
    [InlineData("my-images-idx4-ubyte.gz", "my-labels.idx1-ubyte")]
    public void Files_that_are_neither_for_training_nor_for_tests_are_all_there_is(string images, string labels)
    {
        Create(images, labels, Test, TestLabels);
        foreach (string path in (string[])["", images, labels])
        {
            var found = Find(path);
            Assert.Equal(Pair(images, labels), found.Train);
            Assert.Null(found.Test);
        }
    }

    [Fact]
    public void Training_files_come_first()
    {
        Create("images", "labels", "train-images", "train-labels", "other-test-images", "other-test-labels");
        var found = Find("");
        Assert.Equal(Pair("train-images", "train-labels"), found.Train);
        Assert.Null(found.Test);
    }

    [Theory]
    [InlineData("test-images-idx3-ubyte", "test-labels-idx1-ubyte")]
    [InlineData(Test, TestLabels)]
    public void A_folder_of_test_files_has_no_training_set(string images, string labels)
    {
        Create(images, labels);
        Assert.Equal(new IdxFiles(Path.GetFileName(files.Folder), null, Pair(images, labels)), Find(""));
    }

    [Fact]
    public void The_name_as_published_is_taken_first()
    {
        string[] names = [Train, "train-images.idx3-ubyte", Train + ".gz", "train-images.idx3-ubyte.gz"];
        Create(names);
        foreach (string name in names)
        {
            Assert.Equal(files[name], IdxFiles.FindOne(files.Folder, Train));
            File.Delete(files[name]);
        }
        Assert.Null(IdxFiles.FindOne(files.Folder, Train));
    }

    [Theory]
    [InlineData("", "{folder}", "it has no train-images-idx3-ubyte, with or without .gz")]
    [InlineData("", "{folder}", "it has no train-images-idx3-ubyte, with or without .gz", TrainLabels, "notes.txt")]
    [InlineData("", "{folder}", "it has no train-labels-idx1-ubyte, with or without .gz", Train)]
    [InlineData(Train, "{folder}", "it has no train-labels-idx1-ubyte, with or without .gz", Train)]
    [InlineData(TrainLabels, "{folder}", "it has no train-images-idx3-ubyte, with or without .gz", TrainLabels)]
    [InlineData("", "{folder}", $"it has {Test}, but not the other file of the test set", Train, TrainLabels, Test)]
    [InlineData("", "{folder}", $"it has {TestLabels}, but not the other file of the test set", Train, TrainLabels, TestLabels)]
    [InlineData("", "{folder}", "it has several data sets: images, b-images", "images", "b-images")]
    [InlineData("digits.bin", "{folder}/digits.bin", "its name does not tell where the other files of the data set are", "digits.bin")]
    public void What_is_missing_is_named(string path, string place, string why, params string[] names)
    {
        Create(names);
        var error = Assert.Throws<InvalidInputException>(() => Find(path));
        Assert.Equal($"cannot read {place.Replace("{folder}", files.Folder, StringComparison.Ordinal)}", error.What);
        Assert.Equal(("the whole file", why), (error.Where, error.Why));
    }

    [Fact]
    public void A_path_that_does_not_exist_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Find("none"));
        Assert.Equal($"There is no file or folder {files["none"]}.", error.Message);
    }

    private IdxFiles Find(string path) => IdxFiles.Find(path == "" ? files.Folder : files[path]);

    private IdxPair Pair(string images, string labels) => new(files[images], files[labels]);

    private void Create(params string[] names)
    {
        foreach (string name in names)
            files.Write(name, []);
    }
}
