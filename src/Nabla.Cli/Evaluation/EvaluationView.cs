using Nabla.Report;

namespace Nabla.Cli;

/// <summary>Prints what an evaluation found, as text or as JSON.</summary>
internal static class EvaluationView
{
    private const string Matrix = "confusion-matrix";
    private const int LargestMatrix = 1000; // classes

    /// <summary>Writes the summary, then tables.</summary>
    public static void WriteText(TextWriter output, ModelReport report)
    {
        output.WriteLine(report);
        foreach (var metric in report.AllMetrics.Skip(report.Metrics.Count))
            output.WriteLine(VisibleText.Escape(metric.ToString()));
        if (report is ClassificationReport classes)
            ClassTables.Write(output, classes);
        else if (report is RegressionReport { Targets.Count: > 1 } values)
            WriteTargets(output, values);
    }

    /// <summary>Writes all figures as one object.</summary>
    public static void WriteJson(TextWriter output, ModelReport report, string fingerprint) => JsonLine.Write(output, line =>
    {
        foreach (var metric in report.AllMetrics)
            line.Number(metric.Name, metric.Value);
        if (report is ClassificationReport { Correct: var correct })
            line.Number("correct", correct);
        line.Number("count", report.Count).Number("loss", report.Loss).Text("fingerprint", fingerprint);
        if (report is ClassificationReport classes)
            AddClasses(line, classes);
        else if (report is RegressionReport values)
            line.Objects("targets", values.Targets, AddTarget);
        line.Object("undefined", reasons =>
        {
            foreach (var metric in report.AllMetrics.Where(metric => metric.WhyUndefined is not null))
                reasons.Text(metric.Name, metric.WhyUndefined);
            if (report is ClassificationReport { Classes.Count: > LargestMatrix and var count })
                reasons.Text(Matrix, $"{count} classes are too many for a matrix in one line; --out writes each prediction");
        });
    });

    private static void AddClasses(JsonLine line, ClassificationReport report)
    {
        line.Number("without-prediction", report.WithoutPrediction)
            .Object("macro", fields => AddAverages(fields, report.Macro))
            .Object("weighted", fields => AddAverages(fields, report.Weighted))
            .Objects("classes", report.Classes, (fields, metrics) => fields
                .Text("label", metrics.Name)
                .Number("precision", metrics.Precision)
                .Number("recall", metrics.Recall)
                .Number("f1", metrics.F1)
                .Number("support", metrics.Support)
                .Number("predicted", metrics.Predicted)
                .Number("roc-auc", metrics.RocAuc)
                .Number("average-precision", metrics.AveragePrecision));
        AddMatrix(line, report.ConfusionMatrix);
    }

    /// <summary>One row for each class, with the number of its examples that are predicted as each class.</summary>
    private static void AddMatrix(JsonLine line, ConfusionMatrix matrix)
    {
        var classes = Enumerable.Range(0, matrix.ClassNames.Count);
        if (matrix.ClassNames.Count > LargestMatrix)
            line.Null(Matrix);
        else
            line.Rows(Matrix, classes.Select(label => classes.Select(predicted => matrix[label, predicted])));
    }

    private static void AddAverages(JsonLine line, ClassAverages averages) =>
        line.Number("precision", averages.Precision).Number("recall", averages.Recall).Number("f1", averages.F1);

    private static void AddTarget(JsonLine line, TargetMetrics target) => line
        .Text("target", target.Name)
        .Number("rmse", target.RootMeanSquaredError)
        .Number("mae", target.MeanAbsoluteError)
        .Number("r2", target.R2)
        .Number("median-absolute-error", target.MedianAbsoluteError)
        .Number("absolute-error-quantile-90", target.AbsoluteErrorQuantile90);

    private static void WriteTargets(TextWriter output, RegressionReport report)
    {
        output.WriteLine();
        TextTable.Write(
            output,
            [
                ["target", "RMSE", "MAE", "R2", "median", "90 % quantile"],
                .. report.Targets.Select(target => (string[])
                [
                    VisibleText.Escape(target.Name, ClassTables.LongestName), FigureText.Digits(target.RootMeanSquaredError),
                    FigureText.Digits(target.MeanAbsoluteError), FigureText.Share(target.R2), FigureText.Digits(target.MedianAbsoluteError),
                    FigureText.Digits(target.AbsoluteErrorQuantile90),
                ]),
            ],
            leftColumns: 1);
    }
}
