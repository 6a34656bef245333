using Nabla.Tables;

namespace Nabla.Cli;

/// <summary>
/// Tables. The encoding is fitted on the training data, saved in the model (<see cref="ModelNotes"/>), and applied to later tables.
/// </summary>
internal abstract class TableFormat : ITrainingFormat, IInputFormat, IInspectableFormat
{
    public abstract IReadOnlyList<FileFormat> Formats { get; }

    public abstract string Noun { get; }

    public abstract string DataNoun { get; }

    /// <summary>What such a file is called when it is inspected.</summary>
    protected abstract string Kind { get; }

    public bool TakesTarget => true;

    public bool CanHoldValues => true;

    public bool StaysOnDisk => true;

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
            file.DisplayPath, Kind, [("rows", $"{plan.RowCount}")], [])
        {
            Columns = plan.Columns,
            Notices = plan.Notices,
        };
    }

    private LabelledData Fit(NamedFile file, DataRequest request)
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

    private LabelledData Encode(NamedFile file, DataRequest request, TableEncoding encoding)
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
        var examples = encoding.Encode(table, areRenamed ? targets : null, request.Table.Unknown, request.OnDisk);
        return new LabelledData(examples.Data, null, encoding, examples.Notices, examples.Rows)
        {
            Csv = CsvText.Of(table.Separator, encoding),
        };
    }

    /// <summary>Opens a table.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">How it is written.</param>
    /// <param name="encoding">How the training table was encoded; null if there is none.</param>
    public abstract Table Open(NamedFile file, TableSettings settings, TableEncoding? encoding);

    private static TableOptions Options(DataRequest request) => request.Table.Options with
    {
        Targets = request.Targets,
        TargetKind = request.Kind,
        OnDisk = request.OnDisk,
    };
}
