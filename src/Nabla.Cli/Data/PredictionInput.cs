using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Inputs without labels.</summary>
/// <param name="Name">The file, as the user wrote it.</param>
/// <param name="Features">[examples, features], not scaled.</param>
/// <param name="Table">The table that has them, opened when it is needed; null for other files.</param>
internal sealed record PredictionInput(string Name, FeatureTable Features, Lazy<Table>? Table)
{
    /// <summary>Reads inputs for a model.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="table">How to read a table.</param>
    /// <param name="array">Name of the array with the inputs; null to find it.</param>
    /// <param name="terminal">The outside world.</param>
    /// <exception cref="InvalidInputException">The file contains no inputs, or they do not fit the model.</exception>
    /// <exception cref="UsageException">An array is named, and the file is not an archive.</exception>
    public static PredictionInput Read(NamedFile file, Model model, TableSettings table, string? array, Terminal terminal)
    {
        var format = CliFormats.Find<IInputFormat>(
            file, $"cannot use {file.DisplayPath} as input", $"Use {WordList.Or(CliFormats.Nouns<IInputFormat>())}.");
        if (array is not null)
        {
            return format is NpzFormat ? new(file.Name, NpzFormat.ReadArray(file, model, array), null) : throw new UsageException(
                "cannot use --inputs", $"{file.Name} is not an archive of arrays (.npz)", "Omit --inputs.");
        }
        if (format is not TableFormat tables)
        {
            table.RequireNone(file.Name);
            return new(file.Name, format.ReadInputs(file, model, table, terminal), null);
        }
        var rows = format.ReadInputs(file, model, table, terminal);
        return new(file.Name, rows, new(() => tables.Open(file, table, ModelNotes.ReadTable(model))));
    }
}
