using System.Globalization;
using System.Text;

namespace Nabla.Cli;

/// <summary>
/// Writes one row of a CSV file for each example of an evaluation: row number, target, prediction, and scores of classes.
/// </summary>
internal static class ScoreFile
{
    /// <summary>Writes all rows below a header.</summary>
    /// <param name="stream">Where the text goes, in UTF-8.</param>
    /// <param name="report">A report with details.</param>
    /// <param name="names">The names of the model's classes or targets.</param>
    /// <param name="rows">The row number of each example, from 1.</param>
    /// <param name="cancellation">Ends writing after the current row.</param>
    /// <exception cref="OperationCanceledException">Writing was cancelled.</exception>
    public static void Write(
        Stream stream, ModelReport report, IReadOnlyList<string> names, IReadOnlyList<int> rows, CancellationToken cancellation)
    {
        var (header, fields) = report switch
        {
            ClassificationReport classes => (HeaderOf(classes, names), FieldsOf(classes, names)),
            RegressionReport values => (HeaderOf(names), FieldsOf(values)),
            _ => throw new InvalidOperationException($"{report.GetType().Name} cannot be written."),
        };
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        CsvText.Default.WriteRow(writer, [.. header.Prepend("row").Select(CsvText.Default.Field)]);
        for (int i = 0; i < rows.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            CsvText.Default.WriteRow(writer, [Text(rows[i]), .. fields(i)]);
        }
    }

    private static IEnumerable<string> HeaderOf(ClassificationReport report, IReadOnlyList<string> classes)
    {
        string score = report.HasProbabilities ? "probability" : "output";
        return ["target", "prediction", .. classes.Select(name => $"{score}_{name}")];
    }

    private static IEnumerable<string> HeaderOf(IReadOnlyList<string> targets) => targets.Count == 1
        ? ["target", "prediction"]
        : targets.SelectMany(name => (string[])[$"target_{name}", $"prediction_{name}"]);

    private static Func<int, IEnumerable<string>> FieldsOf(ClassificationReport report, IReadOnlyList<string> classes)
    {
        string[] names = [.. classes.Select(CsvText.Default.Field)];
        var examples = report.Examples;
        return i => [
            names[examples[i].Label], examples[i].Predicted is { } predicted ? names[predicted] : "", .. examples[i].Scores.Select(Text)
        ];
    }

    private static Func<int, IEnumerable<string>> FieldsOf(RegressionReport report)
    {
        var examples = report.Examples;
        return i => examples[i].Targets.Zip(examples[i].Predictions, (target, prediction) => (string[])[Text(target), Text(prediction)])
            .SelectMany(pair => pair);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // The shortest text that is read as the same number; nothing if it is not a number.
    private static string Text(double number) => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture);
}
