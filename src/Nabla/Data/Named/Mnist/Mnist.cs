namespace Nabla;

/// <summary>
/// The MNIST handwritten digits (LeCun, Cortes, Burges 1998): 60,000 images to train on and 10,000 to test, 28 x 28 bytes each, ten
/// classes.
/// </summary>
/// <remarks>
/// If a folder is given, only this folder is searched. Otherwise NABLA_DATA, ./data, ../shared/data and the user's cache are searched, in
/// this order, and MNIST is downloaded to the cache if it is in none of them. A folder may contain mnist.npz or the four IDX files, which
/// may be compressed by gzip. The SHA-256 of each array is always checked. Safe for concurrent use.
/// </remarks>
public static class Mnist
{
    private static readonly string[] ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Finds or downloads MNIST, and reads and checks it.</summary>
    /// <param name="dataDirectory">The only folder to search; null for the usual places and the download.</param>
    /// <exception cref="InvalidInputException">The folder does not contain MNIST, or the files that were found are not MNIST's.</exception>
    /// <exception cref="DownloadException">MNIST is not on this machine, and no server delivered it.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static (Dataset Train, Dataset Test) Load(string? dataDirectory = null) => Load(MnistOptions.ForProcess(dataDirectory));

    /// <summary>
    /// Finds or downloads MNIST, and reads and checks it. All settings of the process are passed in, and the download can be cancelled.
    /// </summary>
    /// <param name="options">Where to look.</param>
    /// <param name="progress">Receives a report for each received piece, on the downloading thread.</param>
    /// <param name="cancellationToken">Ends a download; the next download continues it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (Dataset Train, Dataset Test) Load(
        MnistOptions options, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Find(options) is { } source)
            return Read(source);
        if (options.DataDirectory is null)
            return Read(MnistDownloader.Download(options, progress, cancellationToken));
        string folder = options.Folders().Single();
        throw new InvalidInputException(
            "cannot find MNIST", folder,
            Directory.Exists(folder) ? "the folder has neither mnist.npz nor the four IDX files" : "there is no such folder",
            "Put mnist.npz there, use another folder, or name no folder to download it.");
    }

    /// <summary>Finds MNIST on this machine, without reading or downloading it.</summary>
    /// <param name="options">Where to look.</param>
    /// <returns>Where it is; null if it is in none of the places.</returns>
    public static MnistSource? Find(MnistOptions options) =>
        options.Folders().Select(MnistSource.In).FirstOrDefault(source => source is not null);

    /// <summary>Reads and checks the files that <see cref="Find"/> has found.</summary>
    /// <param name="source">Where it is.</param>
    /// <exception cref="InvalidInputException">A file is damaged, or an array is not MNIST's; the message names both.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static (Dataset Train, Dataset Test) Read(MnistSource source) => Read(source, MnistArray.All);

    /// <summary>Reads and checks arrays of given content. For tests, which do not contain MNIST.</summary>
    internal static (Dataset Train, Dataset Test) Read(MnistSource source, IReadOnlyList<MnistArray> expected)
    {
        byte[][] arrays = [.. expected.Select(
            array => array.Check(ReadArray(source.Files[array.Name], array.Name), source.Files[array.Name]))];
        return (ToDataset("mnist", expected[0], arrays[0], arrays[1]), ToDataset("mnist (test)", expected[2], arrays[2], arrays[3]));
    }

    private static NumericArray ReadArray(string path, string name)
    {
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            return IdxReader.Read(path);
        using NpzReader archive = NpzReader.Open(path);
        return archive.Read(name);
    }

    private static Dataset ToDataset(string name, MnistArray images, byte[] pixels, byte[] labels)
    {
        int features = images.Shape[1] * images.Shape[2];
        var targets = new ClassTargets(Array.ConvertAll(labels, label => (int)label), ClassNames);
        return new Dataset(name, FeatureTable.FromBytes(pixels, labels.Length, features), targets, inputShape: [.. images.Shape.Skip(1)]);
    }
}
