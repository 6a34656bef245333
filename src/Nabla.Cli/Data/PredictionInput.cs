using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Inputs without labels.</summary>
/// <param name="Name">The file, as the user wrote it.</param>
/// <param name="Features">[examples, features], not scaled.</param>
/// <param name="Table">The table that has them; null for other files.</param>
internal sealed record PredictionInput(string Name, FeatureTable Features, Table? Table)
{
    /// <summary>Reads inputs for a model.</summary>
    /// <exception cref="InvalidInputException">The file contains no inputs, or they do not fit the model.</exception>
    public static PredictionInput Read(NamedFile file, Model model, TableSettings table, Terminal terminal)
    {
        var format = CliFormats.Find<IInputFormat>(
            file, $"cannot use {file.DisplayPath} as input", $"Use {WordList.Or(CliFormats.Nouns<IInputFormat>())}.");
        var features = format.ReadInputs(file, model, table, terminal);
        return new(file.Name, features, format is CsvFormat ? CsvFormat.Open(file, table, ModelNotes.ReadTable(model)) : null);
    }
}
