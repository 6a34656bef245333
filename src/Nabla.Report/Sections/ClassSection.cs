using System.Globalization;
using Nabla.Explain;

namespace Nabla.Report;

/// <summary>How well each class is recognized, and what is mistaken for what.</summary>
internal static class ClassSection
{
    private const int LargestMatrix = 20; // classes
    private const int MostErrors = 20;    // listed where there is no matrix
    private const int LongestName = 12;   // in the heading of the matrix
    private const int Shades = 10;

    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        var report = (ClassificationReport)findings.Report!;
        if (report.Classes.Count <= LargestMatrix)
            WriteMatrix(html, report.ConfusionMatrix);
        else
            WriteErrors(html, report.ConfusionMatrix);
        WriteClasses(html, report);
        html.Element("div", () =>
        {
            WriteRoc(html, report);
            WriteCalibration(html, report);
        }, ("class", "grid")).Line();
    }

    private static void WriteMatrix(HtmlWriter html, ConfusionMatrix matrix) => html.Element("figure", () =>
    {
        html.Element("h3", "Confusion matrix");
        html.Element("div", () => html.Element("table", () => WriteCells(html, matrix), ("class", "matrix")), ("class", "scroll"),
            ("tabindex", "0"), ("role", "region"), ("aria-label", "Confusion matrix"));
        html.Element("figcaption", () => html.Element(
            "p", "Each row has the examples of one class, and each column what they are predicted as: right predictions are on the "
            + "diagonal. The darker a cell, the larger the share of its row; a dark cell beside the diagonal is a pair of classes that the "
            + "network confuses."));
    }, ("class", "wide")).Line();

    private static void WriteCells(HtmlWriter html, ConfusionMatrix matrix)
    {
        var classes = Enumerable.Range(0, matrix.ClassNames.Count).ToArray();
        html.Element("caption", "Rows: class. Columns: predicted as.");
        html.Element("thead", () => html.Element("tr", () =>
        {
            html.Element("th", "class", ("scope", "col"));
            foreach (string name in matrix.ClassNames)
                html.Element("th", VisibleText.Escape(name, LongestName), ("scope", "col"), ("class", "number"));
        }));
        html.Element("tbody", () =>
        {
            foreach (int label in classes)
            {
                double all = classes.Sum(predicted => matrix[label, predicted]);
                html.Element("tr", () =>
                {
                    html.Element("th", VisibleText.Escape(matrix.ClassNames[label], 2 * LongestName), ("scope", "row"));
                    foreach (int predicted in classes)
                    {
                        int count = matrix[label, predicted];
                        int shade = count == 0 ? 0 : Math.Max(1, (int)Math.Round(Shades * count / all));
                        html.Element(
                            "td", FigureText.Whole(count), ("class", $"number s{shade}{(label == predicted ? " right" : "")}"));
                    }
                }).Line();
            }
        });
    }

    private static void WriteErrors(HtmlWriter html, ConfusionMatrix matrix)
    {
        var errors = matrix.Counts.Where(cell => cell.Label != cell.Predicted).OrderByDescending(cell => cell.Count).Take(MostErrors);
        html.Element("h3", "Most frequent errors").Line();
        html.Table(
            $"The {MostErrors} most frequent pairs of a class and a wrong prediction", ["class", "predicted as", "examples"],
            errors.Select(cell => (string[])
            [
                matrix.ClassNames[cell.Label], matrix.ClassNames[cell.Predicted], FigureText.Whole(cell.Count),
            ]), leftColumns: 2);
    }

    private static void WriteClasses(HtmlWriter html, ClassificationReport report)
    {
        html.Element("h3", "Each class").Line();
        html.Table(
            "Precision is the share of right ones among the predictions of a class; recall, among its examples",
            ["class", "precision", "recall", "F1", "support", "ROC AUC", "average precision"],
            [
                .. report.Classes.Select(metrics => (string[])
                [
                    metrics.Name, FigureText.Share(metrics.Precision), FigureText.Share(metrics.Recall), FigureText.Share(metrics.F1),
                    FigureText.Whole(metrics.Support), FigureText.Share(metrics.RocAuc), FigureText.Share(metrics.AveragePrecision),
                ]),
                Averages("macro average", report.Macro, report.Count), Averages("weighted average", report.Weighted, report.Count),
            ]);
    }

    private static string[] Averages(string title, ClassAverages averages, int count) =>
    [
        title, FigureText.Share(averages.Precision), FigureText.Share(averages.Recall), FigureText.Share(averages.F1),
        FigureText.Whole(count), "", "",
    ];

    private static void WriteRoc(HtmlWriter html, ClassificationReport report)
    {
        // Of two classes, the curves mirror each other. Of many, those that are the hardest to tell from the rest.
        int[] shown = report.Classes.Count == 2 ? [1] : [
            .. report.Classes.Index().Where(metrics => !double.IsNaN(metrics.Item.RocAuc)).OrderBy(metrics => metrics.Item.RocAuc)
                .Take(LineChart.Styles).Select(metrics => metrics.Index)];
        RocCurve[] curves = [.. shown.Select(number => RocCurve.Create(report, number)).OfType<RocCurve>()];
        if (curves.Length == 0)
            return;
        string which = curves.Length < report.Classes.Count && report.Classes.Count > 2
            ? $" Shown are the {curves.Length} classes with the smallest area." : "";
        new Figure(
            "ROC curves",
            "Each line shows which share of a class is found (upwards) if a share of the others is accepted as it by mistake (to the "
            + "right). The nearer the upper left corner, the better; the dashed diagonal is a guess." + which,
            ["class", "area (ROC AUC)"], [.. curves.Select(curve => (string[])[curve.Name, FigureText.Share(curve.Area)])])
            .Write(html, () => LineChart.Write(
                html, $"ROC curves of {curves.Length} classes; the smallest area is {FigureText.Share(curves.Min(curve => curve.Area))}.",
                Axis.Share("false positive rate"), Axis.Share("true positive rate"),
                [
                    .. curves.Select(curve => new Series(
                        $"{VisibleText.Escape(curve.Name, LongestName)} ({FigureText.Share(curve.Area)})",
                        [.. curve.Points.Select(point => (point.X, point.Y))])),
                ], canvas => canvas.Guide((0, 0), (1, 1))));
    }

    private static void WriteCalibration(HtmlWriter html, ClassificationReport report)
    {
        var bins = CalibrationBin.Measure(report);
        if (bins.Count == 0)
            return;
        new Figure(
            "Calibration",
            "Of the predictions with a certain confidence, how many are right. On the dashed diagonal a network means what it says; below "
            + "it, it is too sure of itself, and above it not sure enough.",
            ["confidence above", "up to", "predictions", "mean confidence", "accuracy"],
            [
                .. bins.Select(bin => (string[])
                [
                    FigureText.Share(bin.Low), FigureText.Share(bin.High), FigureText.Whole(bin.Count), FigureText.Share(bin.Confidence),
                    FigureText.Share(bin.Accuracy),
                ]),
            ]).Write(html, () => LineChart.Write(
                html, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Accuracy by confidence; the expected calibration error is {report.ExpectedCalibrationError:0.0000}."),
                Axis.Share("confidence"), Axis.Share("share that is right"),
                [new("accuracy", [.. bins.Select(bin => (bin.Confidence, bin.Accuracy))])], canvas => canvas.Guide((0, 0), (1, 1))));
    }
}
