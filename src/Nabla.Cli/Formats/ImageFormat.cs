using Nabla.Images;

namespace Nabla.Cli;

/// <summary>
/// Image files. For a model that was trained on pictures, an image is resized as they were. For another model of images, it is fitted as
/// MNIST's characters are.
/// </summary>
/// <param name="format">Name of the format in the library.</param>
/// <param name="noun">Name of such a file in help texts: <c>a PNG image</c>.</param>
/// <param name="check">Checks the content of a file of a given name, and throws <see cref="InvalidInputException"/>.</param>
internal abstract class ImageFormat(string format, string noun, Func<byte[], string, PictureSize> check) : IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get(format)];

    public string Noun => noun;

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal)
    {
        if (ModelNotes.FormOf(model) is not { } form)
        {
            throw new InvalidInputException(
                $"{file.Name} does not fit the model", file.Name,
                $"it is {noun}, but the model takes {string.Join(" x ", model.InputShape)} numbers",
                "Use inputs of the same kind as the training data.");
        }
        if (!model.TakesBytes)
        {
            throw new InvalidInputException(
                $"{file.Name} does not fit the model", file.Name,
                $"it is {noun}, whose pixels are bytes from 0 to 255, and the model was trained on other numbers",
                "Train on unsigned bytes (uint8), or save the pixels in an array, scaled like the training data.");
        }
        byte[] pixels = form.IsFitted
            ? Fit(file, form, terminal)
            : ImageDecoder.ReadColour(file.FullPath, check, file.Name).Scale(form.Size).ToInputs(form.IsColour);
        return FeatureTable.FromBytes(pixels, 1, pixels.Length);
    }

    /// <summary>Reads the size of an image, and checks the file.</summary>
    /// <param name="path">The file, for messages too.</param>
    public PictureSize ReadSize(string path) => ImageDecoder.ReadSize(path, check, path);

    /// <summary>Reads an image in shades of grey.</summary>
    /// <inheritdoc cref="ReadSize"/>
    public GreyImage ReadGrey(string path) => ImageDecoder.Read(path, check, path);

    /// <summary>Reads an image in colour.</summary>
    /// <inheritdoc cref="ReadSize"/>
    public ColourImage ReadColour(string path) => ImageDecoder.ReadColour(path, check, path);

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        var image = ImageDecoder.Read(file.FullPath, check);
        var levels = NumericArray.Create<byte>(image.Levels, image.Height, image.Width);
        string title = noun[(noun.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return new(file.DisplayPath, title, [("size", image.ToString())], [ArraySummary.From("grey levels", levels)]);
    }

    private byte[] Fit(NamedFile file, PictureForm form, Terminal terminal)
    {
        var image = ImageDecoder.Read(file.FullPath, check, file.Name);
        var (pixels, changes) = ImageFitting.Fit(image, form.Size.Height, form.Size.Width, file.Name);
        if (changes != ImageChanges.None)
            terminal.Inform($"{file.Name} was {changes.ToString().ToLowerInvariant()}, so that it is like MNIST's images.");
        return pixels;
    }
}
