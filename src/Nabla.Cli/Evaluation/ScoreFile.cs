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
    /// <param name="csv">How the file is written.</param>
    /// <param name="cancellationToken">Ends writing after the current row.</param>
    /// <exception cref="OperationCanceledException">Writing was cancelled.</exception>
    public static void Write(
        Stream stream, ModelReport report, IReadOnlyList<string> names, IReadOnlyList<int> rows, CsvText csv,
        CancellationToken cancellationToken)
    {
        var (header, fields) = report switch
        {
            ClassificationReport classes => (HeaderOf(classes, names), FieldsOf(classes, names, csv)),
            RegressionReport values => (HeaderOf(names), FieldsOf(values, csv)),
            _ => throw new InvalidOperationException($"{report.GetType().Name} cannot be written."),
        };
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        csv.WriteRow(writer, [.. header.Prepend("row").Select(csv.Field)]);
        for (int i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            csv.WriteRow(writer, [rows[i].ToString(CultureInfo.InvariantCulture), .. fields(i)]);
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

    private static Func<int, IEnumerable<string>> FieldsOf(ClassificationReport report, IReadOnlyList<string> classes, CsvText csv)
    {
        string[] names = [.. classes.Select(csv.Field)];
        var examples = report.Examples;
        return i => [
            names[examples[i].Label], examples[i].Predicted is { } predicted ? names[predicted] : "",
            .. examples[i].Scores.Select(csv.Field),
        ];
    }

    private static Func<int, IEnumerable<string>> FieldsOf(RegressionReport report, CsvText csv)
    {
        var examples = report.Examples;
        return i => examples[i].Targets.Zip(examples[i].Predictions)
            .SelectMany(pair => (string[])[csv.Field(pair.First), csv.Field(pair.Second)]);
    }
}
