namespace Nabla.Cli;

/// <summary>Inputs without labels.</summary>
/// <param name="Name">The file, as the user wrote it.</param>
/// <param name="Features">[examples, features], not scaled.</param>
internal sealed record PredictionInput(string Name, FeatureTable Features)
{
    /// <summary>Reads inputs for a model.</summary>
    /// <exception cref="InvalidInputException">The file contains no inputs, or they do not fit the model.</exception>
    public static PredictionInput Read(string input, Model model, TableSettings table, Terminal terminal)
    {
        var file = NamedFile.From(input, terminal);
        var format = CliFormats.Find<IInputFormat>(
            file, $"cannot use {input} as input", $"Use {WordList.Or(CliFormats.Nouns<IInputFormat>())}.");
        return new(input, format.ReadInputs(file, model, table, terminal));
    }
}
