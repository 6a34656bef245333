namespace Nabla.Tables;

/// <summary>A table made ready to train on.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Data">The examples that have a target, with their weights if a column has them.</param>
/// <param name="Encoding">How the table became features, for later tables; to be saved with the model.</param>
/// <param name="Plan">What became of each column, and why.</param>
/// <param name="Notices">What was assumed, a sentence each.</param>
public sealed record TableDataset(
    Dataset Data, TableEncoding Encoding, TablePlan Plan, IReadOnlyList<string> Notices)
{
    /// <summary>Reads a table twice: to decide what becomes of its columns, and to encode its rows.</summary>
    /// <param name="table">The training data.</param>
    /// <param name="options">What to predict, and how to read the columns.</param>
    /// <exception cref="ArgumentException">No target is named.</exception>
    /// <exception cref="InvalidInputException">The table or a value in it cannot be used; the message says where.</exception>
    /// <exception cref="IOException">The table cannot be read, or the temporary file cannot be written.</exception>
    public static TableDataset Fit(Table table, TableOptions options)
    {
        if (options.Targets.Count == 0)
            throw new ArgumentException("Name at least one target.", nameof(options));
        var plan = TablePlan.Create(table, options);
        var encoder = new TableEncoder(table, plan.Encoding!, plan.Encoding!.TargetColumns, UnknownCategoryHandling.Ignore, options.OnDisk);
        var (examples, encoding) = encoder.Fit(plan.RowCount);
        return new TableDataset(examples.Data, encoding, plan, [.. plan.Notices, .. examples.Notices]);
    }
}
