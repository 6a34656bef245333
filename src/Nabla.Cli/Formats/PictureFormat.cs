namespace Nabla.Cli;

/// <summary>Image files. A picture of another size than the model's is fitted to it.</summary>
/// <param name="format">The library's name of the format.</param>
/// <param name="noun">A file of it, for help texts: <c>a PNG image</c>.</param>
/// <param name="check">Checks the content of a file of a given name, and throws <see cref="InvalidInputException"/>.</param>
internal abstract class PictureFormat(string format, string noun, Action<byte[], string> check) : IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Named(format)];

    public string Noun => noun;

    public FeatureTable ReadInputs(NamedFile file, Model model, Terminal terminal)
    {
        if (model.InputShape is not [int height, int width])
        {
            throw new InvalidInputException(
                $"{file.Name} does not fit the model", file.Name,
                $"it is a picture, and the model takes {string.Join(" x ", model.InputShape)} numbers",
                "Give inputs of the kind that the model was trained on.");
        }
        var (pixels, changes) = ImageFitting.Fit(PictureDecoder.Read(file.FullPath, check), height, width, file.Name);
        if (changes != ImageChanges.None)
        {
            terminal.Inform(
                $"{file.Name} was {changes.ToString().ToLowerInvariant()}, to be like the pictures that digits are learned from.");
        }
        return FeatureTable.FromBytes(pixels, 1, pixels.Length);
    }

    public Findings Inspect(NamedFile file)
    {
        var image = PictureDecoder.Read(file.FullPath, check);
        var levels = NumericArray.Create<byte>(image.Levels, image.Height, image.Width);
        string title = noun[(noun.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return new(file.Shown, title, [("size", image.ToString())], [ArraySummary.From("grey levels", levels)]);
    }
}
