using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>Two IDX files.</summary>
internal sealed record IdxPair(string Images, string Labels);

/// <summary>The files of a data set in IDX format, found by names like those of MNIST and EMNIST.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Train">The training set, or all examples; null if there is none.</param>
/// <param name="Test">The test set, or null.</param>
internal sealed partial record IdxFiles(string Name, IdxPair? Train, IdxPair? Test)
{
    private const string Remedy = "Put the images and the labels in one folder, named as MNIST's files are: "
        + "train-images-idx3-ubyte, train-labels-idx1-ubyte, "
        + "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (.gz is fine).";

    /// <summary>Finds the files in a folder, or beside a file of images or labels.</summary>
    /// <exception cref="InvalidInputException">One of a pair is missing, or the folder has several data sets.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    public static IdxFiles Find(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (Directory.Exists(path))
        {
            string stem = StemIn(path);
            return new IdxFiles(name, IsTest(stem) ? null : Require(path, stem), IsTest(stem) ? Require(path, stem) : TestOf(path, stem));
        }
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file or folder {path}.", path);
        var match = FileName().Match(Path.GetFileName(path));
        if (!match.Success)
            throw new FileLocation(path).Error("its name does not tell where the other files of the data set are", Remedy);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string start = match.Groups["stem"].Value;
        var pair = match.Groups["word"].Value == "images"
            ? new IdxPair(path, RequireFile(folder, start, "labels"))
            : new IdxPair(RequireFile(folder, start, "images"), path);
        return IsTest(start) ? new IdxFiles(name, null, pair) : new IdxFiles(name, pair, TestOf(folder, start));
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

    /// <summary>What the names of one data set's files in a folder begin with: <c>train-</c>, <c>emnist-letters-train-</c>.</summary>
    private static string StemIn(string folder)
    {
        string[] stems = StemsIn(folder);
        string[][] groups = [[.. stems.Where(IsTrain)], [.. stems.Where(stem => !IsTrain(stem) && !IsTest(stem))], stems];
        string[] candidates = groups.FirstOrDefault(group => group.Length > 0)
            ?? throw new FileLocation(folder).Error("it has no train-images-idx3-ubyte, with or without .gz", Remedy);
        return candidates.Length == 1 ? candidates[0] : throw new FileLocation(folder).Error(
            $"it has several data sets: {string.Join(", ", candidates.Select(stem => stem + "images"))}",
            "Give the path of the images of one of them.");
    }

    private static string[] StemsIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Select(file => FileName().Match(Path.GetFileName(file)))
            .Where(match => match.Success && match.Groups["word"].Value == "images")
            .Select(match => match.Groups["stem"].Value)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static bool IsTrain(string stem) => stem.Contains("train", StringComparison.Ordinal);

    private static bool IsTest(string stem) =>
        stem.Contains("t10k", StringComparison.Ordinal) || (stem.Contains("test", StringComparison.Ordinal) && !IsTrain(stem));

    /// <summary>The test set that belongs to a training set; null if there is none.</summary>
    private static IdxPair? TestOf(string folder, string stem)
    {
        if (!IsTrain(stem))
            return null;
        foreach (string test in (string[])["t10k", "test"])
        {
            string start = stem.Replace("train", test, StringComparison.Ordinal);
            string? images = FindFile(folder, start, "images");
            string? labels = FindFile(folder, start, "labels");
            if (images is not null && labels is not null)
                return new IdxPair(images, labels);
            if ((images ?? labels) is { } half)
            {
                throw new FileLocation(folder).Error(
                    $"it has {Path.GetFileName(half)}, but not the other file of the test set", Remedy);
            }
        }
        return null;
    }

    private static IdxPair Require(string folder, string stem) =>
        new(RequireFile(folder, stem, "images"), RequireFile(folder, stem, "labels"));

    private static string RequireFile(string folder, string stem, string word) => FindFile(folder, stem, word)
        ?? throw new FileLocation(folder).Error(
            $"it has no {stem}{word}-idx{(word == "images" ? 3 : 1)}-ubyte, with or without .gz", Remedy);

    private static string? FindFile(string folder, string stem, string word)
    {
        string[] ends = word == "images" ? ["-idx3-ubyte", "-idx4-ubyte", "-idx2-ubyte", ".idx", ""] : ["-idx1-ubyte", ".idx", ""];
        return ends.Select(end => FindOne(folder, stem + word + end)).FirstOrDefault(file => file is not null);
    }

    [GeneratedRegex(
        @"^(?<stem>.*?)(?<word>images|labels)([-.]idx\d-ubyte|\.idx)?(\.gz)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();
}
