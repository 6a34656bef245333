using System.Text;

namespace Nabla.Cli;

/// <summary>Writes predictions as a CSV file: the input's columns, and after them the prediction and the scores of classes.</summary>
internal static class PredictionFile
{
    /// <summary>Writes all rows below a header.</summary>
    /// <param name="stream">Where the text goes, in UTF-8.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The inputs; if they are tables, all have the same columns.</param>
    /// <param name="kept">The columns of the tables to write; null for all.</param>
    /// <param name="cancellationToken">Ends writing after the current row.</param>
    /// <returns>The number of predictions.</returns>
    /// <exception cref="OperationCanceledException">Writing was cancelled.</exception>
    public static int Write(
        Stream stream, Model model, IReadOnlyList<PredictionInput> inputs, IReadOnlyList<string>? kept, CancellationToken cancellationToken)
    {
        string[] columns = ColumnsOf(inputs, kept), added = AddedBy(model);
        if (added.FirstOrDefault(columns.Contains) is { } twice)
        {
            throw new UsageException(
                "cannot write the predictions", $"the input has a column {twice} of its own",
                "Name the columns to write without it: --keep id,name");
        }
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var csv = CsvText.Of(inputs[0].Table?.Value.Separator, ModelNotes.ReadTable(model));
        csv.WriteRow(writer, columns.Concat(added).Select(csv.Field));
        int count = 0;
        foreach (var input in inputs)
        {
            var predictions = input.Predict(model);
            using var rows = RowsOf(input, columns, csv).GetEnumerator();
            for (int i = 0; i < predictions.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!rows.MoveNext())
                    throw new IOException($"{input.Name} became shorter while it was read.");
                csv.WriteRow(writer, rows.Current.Concat(predictions[i].Fields(csv)));
                count++;
            }
        }
        return count;
    }

    private static string[] ColumnsOf(IReadOnlyList<PredictionInput> inputs, IReadOnlyList<string>? kept)
    {
        if (inputs.Any(input => input.Table is null))
        {
            return kept is null
                ? ["input", "index"]
                : throw new UsageException("cannot use --keep", "an input is not a table", "Omit --keep.");
        }
        var all = inputs[0].Table!.Value.Columns;
        if (inputs.Skip(1).FirstOrDefault(input => !input.Table!.Value.Columns.SequenceEqual(all)) is { } other)
        {
            throw new UsageException(
                "cannot write the predictions to one file", $"{other.Name} has other columns than {inputs[0].Name}",
                "Predict one at a time.");
        }
        if (kept?.FirstOrDefault(column => !all.Contains(column)) is { } unknown)
        {
            throw new UsageException(
                $"cannot use --keep {unknown}", $"{inputs[0].Name} has no such column", $"Name one of {string.Join(", ", all)}.");
        }
        return [.. kept ?? all];
    }

    private static IEnumerable<IEnumerable<string>> RowsOf(PredictionInput input, string[] columns, CsvText csv)
    {
        if (input.Table?.Value is not { } table)
            return Enumerable.Range(0, input.Features.Rows).Select(i => (IEnumerable<string>)[csv.Field(input.Name), $"{i}"]);
        int[] positions = [.. columns.Select(column => table.Columns.ToList().IndexOf(column))];
        return table.ReadRows().Select(row => positions.Select(position => Cell(row[position], csv)));
    }

    // An empty cell stays without quotation marks.
    private static string Cell(string text, CsvText csv) => text.Length == 0 ? "" : csv.Field(text);

    private static string[] AddedBy(Model model) => model switch
    {
        Classifier classifier => ["prediction", .. classifier.ClassNames.Select(name => $"{ScoreOf(classifier)}_{name}")],
        Regressor { TargetNames: [_] } => ["prediction"],
        Regressor regressor => [.. regressor.TargetNames.Select(name => $"prediction_{name}")],
        _ => throw new InvalidOperationException($"Predictions of {model.Task} cannot be written."),
    };

    // Outputs are written as they are; only those of softmax are probabilities that add up to 1.
    private static string ScoreOf(Classifier model) => model.Topology.OutputActivation == Activation.Softmax ? "probability" : "output";
}
