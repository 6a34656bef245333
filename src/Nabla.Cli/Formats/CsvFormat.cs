using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>
/// Tables. The encoding is fitted on the training data, saved in the model (<see cref="ModelNotes"/>), and applied to later tables.
/// </summary>
internal sealed class CsvFormat : ITrainingFormat, IInputFormat, IInspectableFormat
{
    public IReadOnlyList<FileFormat> Formats { get; } = [FileFormat.Get("text")];

    public string Noun => "a .csv table";

    public string DataNoun => "a .csv table with --target COLUMN";

    public bool TakesTarget => true;

    public bool CanHoldValues => true;

    /// <exception cref="UsageException">No target column is named, and the model does not have one.</exception>
    public LabelledData Load(NamedFile file, IReadOnlyList<string> targets, TargetKind kind, TableEncoding? encoding)
    {
        if (encoding is not null)
        {
            if (targets.Count > 0 && targets.Count != encoding.TargetColumns.Count)
            {
                throw new UsageException(
                    $"{targets.Count} targets are given", $"the model predicts {string.Join(", ", encoding.TargetColumns)}",
                    "Omit --target, or give one column for each.");
            }
            // Other names are for renamed columns; the same names in another order are the model's columns all the same.
            bool areRenamed = targets.Except(encoding.TargetColumns, StringComparer.Ordinal).Any();
            return new LabelledData(CsvDataset.Load(file.FullPath, areRenamed ? targets : null, encoding, file.Name), null, encoding);
        }
        if (targets.Count == 0)
        {
            var columns = CsvTable.Read(file.FullPath).Columns.Select(column => column.Name).ToArray();
            throw new UsageException(
                "--target is missing",
                $"{file.Name} is a table, so one of its columns must be the target ({string.Join(", ", columns)})",
                $"--target {ShellWord.Quote(columns[^1])}");
        }
        var (data, fitted) = CsvDataset.Load(file.FullPath, targets, kind, file.Name);
        return new LabelledData(data, null, fitted);
    }

    public FeatureTable ReadInputs(NamedFile file, Model model, Terminal terminal) => ModelNotes.ReadTable(model) is { } encoding
        ? CsvDataset.LoadInputs(file.FullPath, encoding)
        : throw new InvalidInputException(
            $"{file.Name} does not fit the model", file.Name, "it is a table, but the model was not trained on one",
            "Use inputs of the same kind as the training data.");

    public Findings Inspect(NamedFile file)
    {
        var table = CsvTable.Read(file.FullPath);
        return new(
            file.DisplayPath, "table (CSV)",
            [("rows", $"{table.RowCount}"), .. table.Columns.Select((column, i) => ($"column {i + 1}", column.ToString()))],
            []);
    }
}
