using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>
/// Tables. Their encoding is fitted on the training data, kept in the model (<see cref="ModelNotes"/>), and applied to each later table.
/// </summary>
internal sealed class CsvFormat : ITrainingFormat, IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Named("text")];

    public string Noun => "a .csv table";

    public string DataNoun => "a .csv table with --target COLUMN";

    public bool TakesTarget => true;

    /// <exception cref="UsageException">No target column is named, and none is known.</exception>
    public LabelledData Load(NamedFile file, string? target, TableEncoding? encoding)
    {
        if (encoding is not null)
            return new LabelledData(CsvDataset.Load(file.FullPath, target, encoding, file.Name), null, encoding);
        if (target is null)
        {
            var columns = CsvTable.Read(file.FullPath).Columns.Select(column => column.Name).ToArray();
            throw new UsageException(
                "--target is missing",
                $"{file.Name} is a table, and nothing says which column to predict ({string.Join(", ", columns)})",
                $"--target {ShellWord.Quote(columns[^1])}");
        }
        var (data, fitted) = CsvDataset.Load(file.FullPath, target, file.Name);
        return new LabelledData(data, null, fitted);
    }

    public FeatureTable ReadInputs(NamedFile file, Classifier model, Terminal terminal) => ModelNotes.ReadTable(model) is { } encoding
        ? CsvDataset.LoadInputs(file.FullPath, encoding)
        : throw new InvalidInputException(
            $"{file.Name} does not fit the model", file.Name, "it is a table, and the model was not trained on one",
            "Give inputs of the kind that the model was trained on.");

    public Findings Inspect(NamedFile file)
    {
        var table = CsvTable.Read(file.FullPath);
        return new(
            file.Shown, "table (CSV)",
            [("rows", $"{table.RowCount}"), .. table.Columns.Select((column, i) => ($"column {i + 1}", column.ToString()))],
            []);
    }
}
