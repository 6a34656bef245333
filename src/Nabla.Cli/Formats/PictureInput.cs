namespace Nabla.Cli;

/// <summary>A picture as a model's input.</summary>
internal static class PictureInput
{
    /// <summary>Reads a picture and fits it to the model's input.</summary>
    /// <exception cref="InvalidInputException">The picture is damaged or empty, or the model does not take pictures.</exception>
    public static FeatureTable Read(string path, Classifier model, string input, Terminal terminal)
    {
        if (model.InputShape is not [int height, int width])
        {
            throw new InvalidInputException(
                $"{input} does not fit the model", input, $"it is a picture, and the model takes {string.Join(" x ", model.InputShape)} numbers",
                "Give inputs of the kind that the model was trained on.");
        }
        var (pixels, changes) = ImageFitting.Fit(PngImage.Read(path), height, width, input);
        if (changes != ImageChanges.None)
            terminal.Say($"{input} was {changes.ToString().ToLowerInvariant()}, to be like the pictures that digits are learned from.");
        return FeatureTable.FromBytes(pixels, 1, pixels.Length);
    }
}
