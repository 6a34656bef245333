using Nabla.Tables;

namespace Nabla.Explain;

/// <summary>
/// How the average prediction depends on one column (J. Friedman, "Greedy function approximation", 2001): the column gets the same value in
/// every row, and all other columns keep theirs. Immutable.
/// </summary>
/// <param name="Column">Position of the column in the encoding, from 0.</param>
/// <param name="Name">Name of the column.</param>
/// <param name="Outputs">The name of each class or target.</param>
/// <param name="Points">Values that occur in the data: quantiles in ascending order, or categories, the most frequent first.</param>
/// <param name="Used">Rows that were averaged over.</param>
/// <param name="Rows">Rows of the data.</param>
public sealed record PartialDependence(
    int Column, string Name, IReadOnlyList<string> Outputs, IReadOnlyList<DependencePoint> Points, int Used, int Rows)
{
    /// <summary>The most rows that are averaged over by default.</summary>
    public const int DefaultMost = 500;

    /// <summary>The most values of a column by default.</summary>
    public const int DefaultValues = 12;

    /// <summary>Whether the values are categories, without an order.</summary>
    public bool IsCategory => Points.Any(point => point.Number is null);

    /// <summary>Measures one column.</summary>
    /// <param name="model">A model that was trained on a table. Nothing may change it meanwhile.</param>
    /// <param name="encoding">How its columns become features.</param>
    /// <param name="data">Rows of the table.</param>
    /// <param name="column">Position of the column in the encoding, from 0.</param>
    /// <param name="most">The most rows to average over.</param>
    /// <param name="values">The most values of the column.</param>
    /// <param name="cancellationToken">Ends the work after a value.</param>
    /// <exception cref="ArgumentException">The data were not encoded by this encoding.</exception>
    /// <exception cref="InvalidInputException">The data do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PartialDependence Measure(
        Model model, TableEncoding encoding, Dataset data, int column, int most = DefaultMost, int values = DefaultValues,
        CancellationToken cancellationToken = default)
    {
        var used = TableColumns.Sample(encoding, data, most);
        var described = encoding.Columns[column];
        int start = TableColumns.StartOf(encoding, column);
        var points = new List<DependencePoint>();
        foreach (var value in ColumnValues.Find(described, used.Inputs, start, values))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var report = model.Evaluate(WithValueOf(used, value.Row, start, described.Width));
            points.Add(new DependencePoint(value.Text, value.Number, MeansOf(report, data.Targets.Width)));
        }
        return new PartialDependence(column, described.Name, data.Targets.Names, points, used.Count, data.Count);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Points.Count} values, {Used} of {Rows} rows";

    /// <summary>The data with the value that a column has in one row, in all of them.</summary>
    private static Dataset WithValueOf(Dataset data, int row, int start, int width)
    {
        var inputs = data.Inputs;
        float[] values = inputs.Floats.ToArray();
        var value = inputs.FloatRow(row).Slice(start, width);
        for (int i = start; i < values.Length; i += inputs.Columns)
            value.CopyTo(values.AsSpan(i));
        return TableColumns.With(data, values);
    }

    private static double[] MeansOf(ModelReport report, int outputs)
    {
        var sums = new double[outputs];
        var rows = report is ClassificationReport classes
            ? classes.Examples.Select(example => example.Scores)
            : ((RegressionReport)report).Examples.Select(example => example.Predictions);
        foreach (var row in rows)
        {
            for (int output = 0; output < outputs; output++)
                sums[output] += row[output];
        }
        return [.. sums.Select(sum => sum / report.Count)];
    }
}
