using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>Tables: their encoding is found out on training data, noted in the model, and used for whatever the model sees later.</summary>
internal static class TableData
{
    /// <summary>The encoding that a model was trained with; null if that was no table.</summary>
    public static TableEncoding? EncodingOf(Classifier model) =>
        model.Notes.TryGetValue(ModelNotes.Table, out string? json) ? TableEncoding.FromJson(json) : null;

    /// <summary>Reads labelled examples.</summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="request">Names the target column.</param>
    /// <param name="encoding">How earlier data were encoded; null to find it out.</param>
    /// <exception cref="UsageException">No target column is named, and none is known.</exception>
    public static LoadedData Load(string path, DataRequest request, TableEncoding? encoding)
    {
        if (encoding is not null)
            return new LoadedData(CsvDataset.Load(path, request.Target, encoding, request.Name), null, request, encoding);
        if (request.Target is null)
        {
            var columns = CsvTable.Read(path).Columns.Select(column => column.Name).ToArray();
            throw new UsageException(
                "--target is missing", $"{request.Name} is a table, and nothing says which column is to be predicted ({string.Join(", ", columns)})",
                $"--target {ShellWord.Quote(columns[^1])}");
        }
        var (data, fitted) = CsvDataset.Load(path, request.Target, request.Name);
        return new LoadedData(data, null, request, fitted);
    }

    /// <summary>Reads inputs without labels, for a model.</summary>
    /// <exception cref="InvalidInputException">The model was not trained on a table.</exception>
    public static FeatureTable LoadInputs(string path, Classifier model, string input) => EncodingOf(model) is { } encoding
        ? CsvDataset.LoadInputs(path, encoding)
        : throw new InvalidInputException(
            $"{input} does not fit the model", input, "it is a table, and the model was not trained on one",
            "Give inputs of the kind that the model was trained on.");
}
