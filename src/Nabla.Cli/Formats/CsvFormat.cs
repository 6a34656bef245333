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
    public LabelledData Load(NamedFile file, DataRequest request, TableEncoding? encoding) =>
        encoding is null ? Fit(file, request) : Encode(file, request, encoding);

    public FeatureTable ReadInputs(NamedFile file, Model model, TableSettings table, Terminal terminal)
    {
        if (ModelNotes.ReadTable(model) is not { } encoding)
        {
            throw new InvalidInputException(
                $"{file.Name} does not fit the model", file.Name, "it is a table, but the model was not trained on one",
                "Use inputs of the same kind as the training data.");
        }
        var inputs = encoding.EncodeInputs(Open(file, table, encoding), table.Unknown);
        foreach (string notice in inputs.Notices)
            terminal.Inform(notice);
        return inputs.Features;
    }

    public Findings Inspect(NamedFile file, DataRequest request)
    {
        var table = Open(file, request.Table, null);
        var plan = TablePlan.Create(table, Options(request));
        return new(
            file.DisplayPath, "table (CSV)", [("rows", $"{plan.RowCount}")], [])
        {
            Columns = plan.Columns,
            Notices = plan.Notices,
        };
    }

    private static LabelledData Fit(NamedFile file, DataRequest request)
    {
        var table = Open(file, request.Table, null);
        if (request.Targets.Count == 0)
        {
            throw new UsageException(
                "--target is missing",
                $"{file.Name} is a table, so one of its columns must be the target ({string.Join(", ", table.Columns)})",
                $"--target {ShellWord.Quote(table.Columns[^1])}");
        }
        var fitted = TableDataset.Fit(table, Options(request));
        return new LabelledData(fitted.Data, null, fitted.Encoding, fitted.Notices);
    }

    private static LabelledData Encode(NamedFile file, DataRequest request, TableEncoding encoding)
    {
        var targets = request.Targets;
        if (targets.Count > 0 && targets.Count != encoding.TargetColumns.Count)
        {
            throw new UsageException(
                $"{targets.Count} targets are given", $"the model predicts {string.Join(", ", encoding.TargetColumns)}",
                "Omit --target, or give one column for each.");
        }
        // Other names are for renamed columns; the same names in another order are the model's columns all the same.
        bool areRenamed = targets.Except(encoding.TargetColumns, StringComparer.Ordinal).Any();
        var table = Open(file, request.Table, encoding);
        var examples = encoding.Encode(table, areRenamed ? targets : null, request.Table.Unknown);
        return new LabelledData(examples.Data, null, encoding, examples.Notices, examples.Rows)
        {
            Csv = CsvText.Of(table.Separator, encoding),
        };
    }

    /// <summary>Opens a table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">How it is written.</param>
    /// <param name="encoding">How the training table was encoded; null if there is none.</param>
    public static Table Open(NamedFile file, TableSettings settings, TableEncoding? encoding) => Table.FromCsv(
        file.FullPath,
        new CsvOptions { Separator = settings.Separator, HasHeader = settings.HasHeader && encoding is not { HasHeader: false } },
        file.DisplayPath);

    private static TableOptions Options(DataRequest request) => request.Table.Options with
    {
        Targets = request.Targets,
        TargetKind = request.Kind,
    };
}
