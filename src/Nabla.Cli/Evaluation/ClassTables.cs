using Nabla.Report;

namespace Nabla.Cli;

/// <summary>A table of classes, and what is mistaken for what. With many classes, only the worst are listed.</summary>
internal static class ClassTables
{
    /// <summary>Longer names are shortened.</summary>
    public const int LongestName = 24;

    private const int MostRows = 20;      // of the table of classes
    private const int LargestMatrix = 10; // classes of a confusion matrix
    private const int LongestHeading = 9; // of a column of the matrix
    private const int MostErrors = 10;    // listed where there is no matrix

    public static void Write(TextWriter output, ClassificationReport report)
    {
        if (report.WithoutPrediction > 0)
            output.WriteLine($"Without a prediction, because an output is NaN: {report.WithoutPrediction} of {report.Count} examples");
        output.WriteLine();
        WriteClasses(output, report);
        if (report.Classes.Count <= LargestMatrix)
            WriteMatrix(output, report.ConfusionMatrix);
        else
            WriteErrors(output, report.ConfusionMatrix);
    }

    private static void WriteClasses(TextWriter output, ClassificationReport report)
    {
        var all = report.Classes;
        var shown = all.Count <= MostRows ? all
            : [.. all.Where(metrics => metrics.Support > 0).OrderBy(metrics => metrics.F1).Take(MostRows)];
        TextTable.Write(
            output,
            [
                ["class", "precision", "recall", "F1", "support", "ROC AUC", "average precision"],
                .. shown.Select(metrics => (string[])
                [
                    VisibleText.Escape(metrics.Name, LongestName), FigureText.Share(metrics.Precision), FigureText.Share(metrics.Recall),
                    FigureText.Share(metrics.F1), FigureText.Whole(metrics.Support), FigureText.Share(metrics.RocAuc),
                    FigureText.Share(metrics.AveragePrecision),
                ]),
                Averages("macro average", report.Macro, report.Count),
                Averages("weighted average", report.Weighted, report.Count),
            ],
            leftColumns: 1);
        if (shown.Count < all.Count)
            output.WriteLine($"{shown.Count} of {all.Count} classes, those with the lowest F1; --json prints all.");
        if (shown.Any(metrics => metrics.Support == 0))
            output.WriteLine("A class with support 0 does not occur in the data.");
    }

    private static string[] Averages(string title, ClassAverages averages, int count) =>
    [
        title, FigureText.Share(averages.Precision), FigureText.Share(averages.Recall), FigureText.Share(averages.F1),
        FigureText.Whole(count), "", "",
    ];

    private static void WriteMatrix(TextWriter output, ConfusionMatrix matrix)
    {
        var names = matrix.ClassNames;
        output.WriteLine();
        TextTable.Write(
            output,
            [
                ["class \\ predicted", .. names.Select(name => VisibleText.Escape(name, LongestHeading))],
                .. names.Select((name, label) => (string[])
                [
                    VisibleText.Escape(name, LongestName),
                    .. names.Select((_, predicted) => FigureText.Whole(matrix[label, predicted])),
                ]),
            ],
            leftColumns: 1);
    }

    private static void WriteErrors(TextWriter output, ConfusionMatrix matrix)
    {
        var errors = matrix.Counts.Where(cell => cell.Label != cell.Predicted).OrderByDescending(cell => cell.Count).Take(MostErrors);
        string[][] rows =
        [
            .. errors.Select(cell => (string[])
            [
                Name(cell.Label), Name(cell.Predicted), FigureText.Whole(cell.Count),
            ]),
        ];
        if (rows.Length == 0)
            return;
        output.WriteLine();
        output.WriteLine("Most frequent errors:");
        TextTable.Write(output, [["class", "predicted as", "examples"], .. rows], leftColumns: 2);

        string Name(int number) => VisibleText.Escape(matrix.ClassNames[number], LongestName);
    }
}
