namespace Nabla;

/// <summary>Reads data sets from files of arrays. Safe for concurrent use.</summary>
public static class Datasets
{
    /// <summary>With <see cref="TargetKind.Automatic"/>, floats with up to this many different whole numbers are classes.</summary>
    public const int MaxWholeClasses = 20;

    /// <summary>Reads a training set, and a test set if there is one, from a .npz archive.</summary>
    /// <param name="path">
    /// An archive with x_train [examples, ...] and y_train [examples], and either both or none of x_test and y_test. Bytes stay bytes,
    /// other numbers become floats. Labels are whole numbers from 0, or one-hot rows; the classes are named by their numbers. Values to
    /// predict are numbers, [examples] or [examples, targets].
    /// </param>
    /// <param name="kind">
    /// Whether y holds classes or values. <see cref="TargetKind.Automatic"/>: integers are classes; floats are values, unless they are
    /// one-hot rows or up to <see cref="MaxWholeClasses"/> different whole numbers from 0.
    /// </param>
    /// <exception cref="InvalidInputException">An array is missing or damaged, or the arrays do not match.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static (Dataset Train, Dataset? Test) FromNpz(string path, TargetKind kind = TargetKind.Automatic)
    {
        using var archive = NpzReader.Open(path);
        bool hasTest = archive.Contains("x_test") || archive.Contains("y_test");
        RequireNames(archive, path, hasTest ? ["x_train", "y_train", "x_test", "y_test"] : ["x_train", "y_train"]);
        var test = hasTest ? Part("x_test", "y_test") : null;
        return DatasetBuilder.Build(Path.GetFileName(path), Part("x_train", "y_train"), test, kind);

        DatasetPart Part(string x, string y) => new(archive.Read(x), archive.Read(y), new FileLocation(path, x), new FileLocation(path, y));
    }

    /// <summary>Reads a training set, and a test set if there is one, from IDX files with the names of MNIST's files.</summary>
    /// <param name="path">
    /// A folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (with a dot before
    /// idx, or with .gz at the end, too), or the path of the training images in such a folder.
    /// </param>
    /// <exception cref="InvalidInputException">A file is missing or damaged, or the files do not match.</exception>
    /// <exception cref="IOException">A file cannot be opened or read.</exception>
    public static (Dataset Train, Dataset? Test) FromIdx(string path)
    {
        var files = IdxFiles.Find(path);
        var train = Part(files.TrainImages, files.TrainLabels);
        var test = files.TestImages is null ? null : Part(files.TestImages, files.TestLabels!);
        return DatasetBuilder.Build(files.Name, train, test, TargetKind.Classes);

        static DatasetPart Part(string images, string labels) =>
            new(IdxReader.Read(images), IdxReader.Read(labels), new FileLocation(images), new FileLocation(labels));
    }

    private static void RequireNames(NpzReader archive, string path, string[] names)
    {
        string[] missing = [.. names.Where(name => !archive.Contains(name))];
        if (missing.Length > 0)
        {
            throw new FileLocation(path).Error(
                $"it has no array {string.Join(", ", missing)}; "
                    + $"it has {(archive.Names.Count == 0 ? "none" : string.Join(", ", archive.Names))}",
                $"Save it with numpy.savez(file, {string.Join(", ", names.Select(name => name + "=..."))}).");
        }
    }
}
