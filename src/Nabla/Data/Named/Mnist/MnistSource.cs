namespace Nabla;

/// <summary>The location of MNIST's files. Their content is checked when they are read. Immutable.</summary>
public sealed class MnistSource
{
    private MnistSource(string path, IReadOnlyDictionary<string, string> files)
    {
        Path = path;
        Files = files;
    }

    /// <summary>mnist.npz, or the folder of the IDX files.</summary>
    public string Path { get; }

    /// <summary>The file of each array; the same file for all arrays of a .npz archive.</summary>
    internal IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Searches one folder: for mnist.npz first, then for the four IDX files, with or without .gz.</summary>
    /// <returns>The files; null if the folder does not exist or has neither.</returns>
    internal static MnistSource? In(string folder)
    {
        string archive = System.IO.Path.Combine(folder, "mnist.npz");
        if (File.Exists(archive))
            return new MnistSource(archive, MnistArray.All.ToDictionary(array => array.Name, _ => archive));
        var files = new Dictionary<string, string>();
        foreach (MnistArray array in MnistArray.All)
        {
            if (IdxFiles.FindOne(folder, array.IdxName) is not { } file)
                return null;
            files.Add(array.Name, file);
        }
        return new MnistSource(folder, files);
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
