namespace Nabla;

/// <summary>The files of a data set in IDX format, found by the names that MNIST gave them.</summary>
/// <param name="Name">What to call the data.</param>
/// <param name="TrainImages">Inputs of the training set.</param>
/// <param name="TrainLabels">Labels of the training set.</param>
/// <param name="TestImages">Inputs of the test set, or null.</param>
/// <param name="TestLabels">Labels of the test set; null exactly when the images are.</param>
internal sealed record IdxFiles(string Name, string TrainImages, string TrainLabels, string? TestImages, string? TestLabels)
{
    private const string Remedy = "Put the images and the labels in one folder, named as MNIST's files are: train-images-idx3-ubyte, train-labels-idx1-ubyte, "
        + "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (.gz is fine).";

    /// <summary>Finds them from the folder, or from the training images.</summary>
    /// <exception cref="InvalidInputException">One of a pair is missing.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    public static IdxFiles Find(string path)
    {
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path))
            throw new FileNotFoundException($"There is no file or folder {path}.", path);
        if (!isFolder && !Path.GetFileName(path).StartsWith("train-images", StringComparison.Ordinal))
            throw new InputPlace(path).Error("from its name the other files of the data set cannot be found", Remedy);
        string folder = isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        string trainImages = isFolder ? Demand(folder, "train-images", 3) : path;
        string trainLabels = Demand(folder, "train-labels", 1);
        string? testImages = FindOne(folder, "t10k-images", 3);
        string? testLabels = FindOne(folder, "t10k-labels", 1);
        if (testImages is null != testLabels is null)
            throw new InputPlace(folder).Error($"it has {Path.GetFileName(testImages ?? testLabels)}, but not the other half of the test set", Remedy);
        return new IdxFiles(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), trainImages, trainLabels, testImages, testLabels);
    }

    private static string Demand(string folder, string prefix, int rank) => FindOne(folder, prefix, rank)
        ?? throw new InputPlace(folder).Error($"it has no {prefix}-idx{rank}-ubyte, with or without .gz", Remedy);

    private static string? FindOne(string folder, string prefix, int rank)
    {
        string[] names = [$"{prefix}-idx{rank}-ubyte", $"{prefix}.idx{rank}-ubyte", $"{prefix}-idx{rank}-ubyte.gz", $"{prefix}.idx{rank}-ubyte.gz"];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
