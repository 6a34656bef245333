using Nabla.Kernels;
using Nabla.Tables;

namespace Nabla.Explain;

/// <summary>
/// The permutation importance of the columns of a table (L. Breiman, "Random forests", 2001): each column is shuffled as a whole, so that
/// the features of a category or a date stay together. Immutable.
/// </summary>
/// <param name="Metric">The metric with the values as they are, on the rows that were used.</param>
/// <param name="Columns">The columns, the most important first.</param>
/// <param name="Used">Rows that were used.</param>
/// <param name="Rows">Rows of the data.</param>
/// <param name="Repeats">How often each column was shuffled.</param>
public sealed record ImportanceReport(
    Metric Metric, IReadOnlyList<ColumnImportance> Columns, int Used, int Rows, int Repeats)
{
    /// <summary>The most rows that are used by default.</summary>
    public const int DefaultMost = 1000;

    /// <summary>How often each column is shuffled by default.</summary>
    public const int DefaultRepeats = 5;

    /// <summary>Measures all columns.</summary>
    /// <param name="model">A model that was trained on a table. Nothing may change it meanwhile.</param>
    /// <param name="encoding">How its columns become features.</param>
    /// <param name="data">Rows that the model did not learn from.</param>
    /// <param name="seed">The shuffles follow from it, and from nothing else.</param>
    /// <param name="most">The most rows to use.</param>
    /// <param name="repeats">How often each column is shuffled, at least 1.</param>
    /// <param name="cancellationToken">Ends the work after a column.</param>
    /// <exception cref="ArgumentException">The data were not encoded by this encoding.</exception>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ImportanceReport Measure(
        Model model, TableEncoding encoding, Dataset data, ulong seed, int most = DefaultMost, int repeats = DefaultRepeats,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var used = TableColumns.Sample(encoding, data, most);
        var whole = model.Evaluate(used);
        var columns = new List<ColumnImportance>();
        int start = 0;
        foreach (var (number, column) in encoding.Columns.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var shuffled = Enumerable.Range(0, repeats).Select(repeat => model.Evaluate(Shuffle(
                used, start, column.Width, new RandomStream(seed, RandomPurpose.ColumnImportance, (ulong)number << 32 | (uint)repeat))));
            columns.Add(Summarize(number, column.Name, whole, [.. shuffled]));
            start += column.Width;
        }
        return new ImportanceReport(
            whole.Metrics[0], [.. columns.OrderByDescending(column => column.Drop).ThenByDescending(column => column.LossRise)],
            used.Count, data.Count, repeats);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Columns.Count} columns, {Repeats} shuffles of {Used} of {Rows} rows each";

    private static ColumnImportance Summarize(int number, string name, ModelReport whole, ModelReport[] shuffled)
    {
        double[] drops = [.. shuffled.Select(report => Worse(whole, report))];
        double mean = drops.Average();
        return new ColumnImportance(
            number, name, mean, Math.Sqrt(drops.Average(drop => (drop - mean) * (drop - mean))),
            shuffled.Average(report => report.Loss) - whole.Loss);
    }

    // Of accuracy, less is worse; of the error of values, more.
    private static double Worse(ModelReport before, ModelReport after) => before is ClassificationReport
        ? before.Metrics[0].Value - after.Metrics[0].Value
        : after.Metrics[0].Value - before.Metrics[0].Value;

    /// <summary>The data with some neighbouring features shuffled together among the rows.</summary>
    private static Dataset Shuffle(Dataset data, int start, int width, RandomStream stream)
    {
        var inputs = data.Inputs;
        var rows = new int[data.Count];
        Permutation.Fill(rows, ref stream);
        float[] values = inputs.Floats.ToArray();
        for (int row = 0; row < rows.Length; row++)
            inputs.FloatRow(rows[row]).Slice(start, width).CopyTo(values.AsSpan(row * inputs.Columns + start));
        return TableColumns.With(data, values);
    }
}
