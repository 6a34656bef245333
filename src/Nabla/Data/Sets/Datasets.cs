namespace Nabla;

/// <summary>Reads data sets from files of arrays. Safe for concurrent use.</summary>
public static class Datasets
{
    /// <summary>With <see cref="TargetKind.Automatic"/>, floats with up to this many different whole numbers are classes.</summary>
    public const int MaxWholeClasses = 20;

    /// <summary>Reads a training set, and a test set if there is one, from a .npz archive.</summary>
    /// <param name="path">An archive as for <see cref="ReadNpz"/>, with examples to train on.</param>
    /// <param name="kind">
    /// Whether y holds classes or values. <see cref="TargetKind.Automatic"/>: integers and texts are classes; floats are values, unless
    /// they are one-hot rows or up to <see cref="MaxWholeClasses"/> different whole numbers from 0.
    /// </param>
    /// <exception cref="InvalidInputException">An array is missing or damaged, or the arrays do not match.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static (Dataset Train, Dataset? Test) FromNpz(string path, TargetKind kind = TargetKind.Automatic) =>
        RequireTrain(ReadNpz(path, new DatasetFileOptions { TargetKind = kind }), path);

    /// <summary>Reads the sets that a .npz archive has.</summary>
    /// <param name="path">
    /// An archive with inputs [examples, ...] and targets [examples]. Usual names are x_train, y_train, x_test and y_test; x and y for all
    /// examples; and images and labels, data and target, inputs and targets, or features and labels, with train or test before or after
    /// them. Upper and lower case do not matter. Where there is no test set, one called val takes its place. Bytes stay bytes, other
    /// numbers become floats. Labels are whole numbers, texts, or one-hot rows, whose classes are named by the numbers of the columns.
    /// Values to predict are numbers, [examples] or [examples, targets].
    /// </param>
    /// <param name="options">The kind of the targets, names of arrays, and names of classes; null to find them in the file.</param>
    /// <exception cref="ArgumentException">The options name the inputs or the targets alone.</exception>
    /// <exception cref="InvalidInputException">An array is missing or damaged, several could be meant, or they do not match.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static DatasetFile ReadNpz(string path, DatasetFileOptions? options = null)
    {
        options ??= new DatasetFileOptions();
        if (options.Inputs is null != options.Targets is null)
            throw new ArgumentException("Name both the inputs and the targets, or neither.", nameof(options));
        using var archive = NpzReader.Open(path);
        var names = ArrayNames.Find(archive.Names, options, new FileLocation(path));
        var (train, test) = DatasetBuilder.Build(
            Path.GetFileName(path), Part(names.Train), Part(names.Test), options.TargetKind, options.ClassNames);
        return new DatasetFile(train, test, names.Unused);

        DatasetPart? Part(ArrayPair? pair) => pair is null
            ? null
            : new(
                options.OnDisk ? archive.Locate(pair.Inputs) : archive.Read(pair.Inputs), archive.ReadLabels(pair.Targets),
                new FileLocation(path, pair.Inputs), new FileLocation(path, pair.Targets));
    }

    /// <summary>Reads examples from two .npy files.</summary>
    /// <param name="inputs">The file of the inputs, [examples, ...]: bytes stay bytes, other numbers become floats.</param>
    /// <param name="targets">The file of the targets, [examples] or as <see cref="ReadNpz"/> describes.</param>
    /// <param name="options">
    /// The kind of the targets, names of classes, and whether inputs stay on disk; null for those that the file decides. Names of arrays
    /// are for archives.
    /// </param>
    /// <exception cref="ArgumentException">The options name arrays.</exception>
    /// <exception cref="InvalidInputException">
    /// A file is damaged, or they do not match; or inputs that should stay on disk are compressed or in Fortran order.
    /// </exception>
    /// <exception cref="IOException">A file cannot be opened or read.</exception>
    public static DatasetFile ReadNpy(string inputs, string targets, DatasetFileOptions? options = null)
    {
        options ??= new DatasetFileOptions();
        if (options.Inputs is not null || options.Targets is not null)
            throw new ArgumentException("A .npy file has one array, which has no name.", nameof(options));
        var part = new DatasetPart(
            options.OnDisk ? NpyReader.Locate(inputs) : NpyReader.Read(inputs), NpyReader.ReadLabels(targets), new FileLocation(inputs),
            new FileLocation(targets));
        var (examples, _) = DatasetBuilder.Build(Path.GetFileName(inputs), part, null, options.TargetKind, options.ClassNames);
        return new DatasetFile(examples, null, []);
    }

    /// <summary>Reads the inputs of a .npz archive to predict from.</summary>
    /// <param name="path">An archive as for <see cref="ReadNpz"/>, or with a single array. Targets are not needed.</param>
    /// <param name="name">
    /// Name of the array; null to find it: the only one, all examples (x), the test set (x_test), or the training set (x_train).
    /// </param>
    /// <exception cref="InvalidInputException">There is no such array, it is damaged, or several could be meant.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static NumericArray ReadInputs(string path, string? name = null)
    {
        using var archive = NpzReader.Open(path);
        return archive.Read(name ?? ArrayNames.FindInputs(archive.Names, new FileLocation(path)));
    }

    /// <summary>Reads a training set, and a test set if there is one, from IDX files with the names of MNIST's or EMNIST's files.</summary>
    /// <param name="path">A folder or a file as for <see cref="ReadIdx"/>, with examples to train on.</param>
    /// <exception cref="InvalidInputException">A file is missing or damaged, or the files do not match.</exception>
    /// <exception cref="IOException">A file cannot be opened or read.</exception>
    public static (Dataset Train, Dataset? Test) FromIdx(string path) => RequireTrain(ReadIdx(path), path);

    /// <summary>Reads the sets of IDX files with the names of MNIST's or EMNIST's files.</summary>
    /// <param name="path">
    /// A folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, and perhaps t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte
    /// (with a dot before idx, with .gz at the end, with test instead of t10k, or with the same word before all of these names, too); or
    /// the path of a file of images or labels. Beside training images, test images are found as well; test images are read alone.
    /// </param>
    /// <param name="options">The kind of the targets, and names of classes; null for classes that the labels decide.</param>
    /// <exception cref="InvalidInputException">A file is missing or damaged, several could be meant, or the files do not match.</exception>
    /// <exception cref="IOException">A file cannot be opened or read.</exception>
    public static DatasetFile ReadIdx(string path, DatasetFileOptions? options = null)
    {
        var files = IdxFiles.Find(path);
        var (train, test) = DatasetBuilder.Build(
            files.Name, Part(files.Train), Part(files.Test),
            options?.TargetKind == TargetKind.Values ? TargetKind.Values : TargetKind.Classes, options?.ClassNames);
        return new DatasetFile(train, test, []);

        DatasetPart? Part(IdxPair? pair) => pair is null
            ? null
            : new(
                options is { OnDisk: true } ? IdxReader.Locate(pair.Images) : IdxReader.Read(pair.Images),
                new LabelArray(IdxReader.Read(pair.Labels), null),
                new FileLocation(pair.Images), new FileLocation(pair.Labels));
    }

    private static (Dataset Train, Dataset? Test) RequireTrain(DatasetFile file, string path) => file.Train is { } train
        ? (train, file.Test)
        : throw new FileLocation(path).Error(
            "it has only test examples", "Train on a file with training examples (x_train and y_train, or train-images-idx3-ubyte).");
}
