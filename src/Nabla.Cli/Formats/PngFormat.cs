namespace Nabla.Cli;

/// <summary>PNG images. A picture of another size than the model's is fitted to it.</summary>
internal sealed class PngFormat : IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Named("png")];

    public string Noun => "a PNG image";

    public FeatureTable ReadInputs(NamedFile file, Classifier model, Terminal terminal)
    {
        if (model.InputShape is not [int height, int width])
        {
            throw new InvalidInputException(
                $"{file.Name} does not fit the model", file.Name,
                $"it is a picture, and the model takes {string.Join(" x ", model.InputShape)} numbers",
                "Give inputs of the kind that the model was trained on.");
        }
        var (pixels, changes) = ImageFitting.Fit(PngImage.Read(file.FullPath), height, width, file.Name);
        if (changes != ImageChanges.None)
            terminal.Inform(
                $"{file.Name} was {changes.ToString().ToLowerInvariant()}, to be like the pictures that digits are learned from.");
        return FeatureTable.FromBytes(pixels, 1, pixels.Length);
    }

    public Findings Inspect(NamedFile file)
    {
        var image = PngImage.Read(file.FullPath);
        var levels = NumericArray.Create<byte>(image.Levels, image.Height, image.Width);
        return new(file.Shown, "PNG image", [("size", image.ToString())], [ArraySummary.From("grey levels", levels)]);
    }
}
