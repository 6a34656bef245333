namespace Nabla.Cli;

/// <summary>Image files. An image of a size other than the model's is fitted to the model.</summary>
/// <param name="format">Name of the format in the library.</param>
/// <param name="noun">Name of such a file in help texts: <c>a PNG image</c>.</param>
/// <param name="check">Checks the content of a file of a given name, and throws <see cref="InvalidInputException"/>.</param>
internal abstract class ImageFormat(string format, string noun, Action<byte[], string> check) : IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get(format)];

    public string Noun => noun;

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal)
    {
        if (model.InputShape is not [int height, int width])
        {
            throw new InvalidInputException(
                $"{file.Name} does not fit the model", file.Name,
                $"it is an image, but the model takes {string.Join(" x ", model.InputShape)} numbers",
                "Use inputs of the same kind as the training data.");
        }
        var (pixels, changes) = ImageFitting.Fit(ImageDecoder.Read(file.FullPath, check), height, width, file.Name);
        if (changes != ImageChanges.None)
        {
            terminal.Inform(
                $"{file.Name} was {changes.ToString().ToLowerInvariant()}, so that it is like MNIST's images.");
        }
        return FeatureTable.FromBytes(pixels, 1, pixels.Length);
    }

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        var image = ImageDecoder.Read(file.FullPath, check);
        var levels = NumericArray.Create<byte>(image.Levels, image.Height, image.Width);
        string title = noun[(noun.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return new(file.DisplayPath, title, [("size", image.ToString())], [ArraySummary.From("grey levels", levels)]);
    }
}
