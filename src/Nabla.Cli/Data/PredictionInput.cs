namespace Nabla.Cli;

/// <summary>Inputs without labels.</summary>
/// <param name="Name">The file, as the user wrote it.</param>
/// <param name="Features">[examples, features], not scaled.</param>
internal sealed record PredictionInput(string Name, FeatureTable Features)
{
    /// <summary>Reads inputs for a model.</summary>
    /// <param name="input">The file, as the user wrote it.</param>
    /// <param name="model">The model.</param>
    /// <param name="array">Name of the array with the inputs; null to find it.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="InvalidInputException">The file contains no inputs, or they do not fit the model.</exception>
    /// <exception cref="UsageException">An array is named, and the file is not an archive.</exception>
    public static PredictionInput Read(string input, Model model, string? array, Terminal terminal)
    {
        var file = NamedFile.From(input, terminal);
        var format = CliFormats.Find<IInputFormat>(
            file, $"cannot use {input} as input", $"Use {WordList.Or(CliFormats.Nouns<IInputFormat>())}.");
        if (array is null)
            return new(input, format.ReadInputs(file, model, terminal));
        return format is NpzFormat ? new(input, NpzFormat.ReadArray(file, model, array)) : throw new UsageException(
            "cannot use --inputs", $"{input} is not an archive of arrays (.npz)", "Omit --inputs.");
    }
}
