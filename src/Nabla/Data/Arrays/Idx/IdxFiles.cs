namespace Nabla;

/// <summary>The files of a data set in IDX format, found by the names of MNIST's files.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="TrainImages">Inputs of the training set.</param>
/// <param name="TrainLabels">Labels of the training set.</param>
/// <param name="TestImages">Inputs of the test set, or null.</param>
/// <param name="TestLabels">Labels of the test set; null if there are no test images.</param>
internal sealed record IdxFiles(string Name, string TrainImages, string TrainLabels, string? TestImages, string? TestLabels)
{
    private const string Remedy = "Put the images and the labels in one folder, named as MNIST's files are: "
        + "train-images-idx3-ubyte, train-labels-idx1-ubyte, "
        + "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (.gz is fine).";

    /// <summary>Finds the files in a folder, or beside the training images.</summary>
    /// <exception cref="InvalidInputException">One of a pair is missing.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    public static IdxFiles Find(string path)
    {
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path))
            throw new FileNotFoundException($"There is no file or folder {path}.", path);
        if (!isFolder && !Path.GetFileName(path).StartsWith("train-images", StringComparison.Ordinal))
            throw new FileLocation(path).Error("its name does not tell where the other files of the data set are", Remedy);
        string folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        string trainImages = isFolder ? Require(folder, "train-images-idx3-ubyte") : path;
        string trainLabels = Require(folder, "train-labels-idx1-ubyte");
        string? testImages = FindOne(folder, "t10k-images-idx3-ubyte");
        string? testLabels = FindOne(folder, "t10k-labels-idx1-ubyte");
        if (testImages is null != testLabels is null)
            throw new FileLocation(folder).Error(
                $"it has {Path.GetFileName(testImages ?? testLabels)}, but not the other file of the test set", Remedy);
        return new IdxFiles(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), trainImages, trainLabels, testImages, testLabels);
    }

    /// <summary>The path of a file, with or without .gz; null if it does not exist.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="name">Its original name, e.g. train-images-idx3-ubyte.</param>
    public static string? FindOne(string folder, string name)
    {
        // Some programs unpack the files with a full stop instead of the hyphen before idx.
        string dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] candidates = [name, dotted, $"{name}.gz", $"{dotted}.gz"];
        return candidates.Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists);
    }

    private static string Require(string folder, string name) => FindOne(folder, name)
        ?? throw new FileLocation(folder).Error($"it has no {name}, with or without .gz", Remedy);
}
