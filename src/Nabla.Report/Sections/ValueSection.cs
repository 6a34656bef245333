using Nabla.Explain;

namespace Nabla.Report;

/// <summary>Predicted values against true ones.</summary>
internal static class ValueSection
{
    private const int MostPoints = 1000;
    private const int MostTargets = 4;
    private const int Groups = 10;
    private const int MostErrors = 15;

    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        var report = (RegressionReport)findings.Report!;
        if (report.Targets.Count > MostTargets)
            html.Element("p", $"Shown are the first {MostTargets} of {report.Targets.Count} targets.").Line();
        html.Element("div", () =>
        {
            foreach (var (target, metrics) in report.Targets.Take(MostTargets).Index())
            {
                (double True, double Predicted)[] pairs =
                    [.. report.Examples.Select(example => (example.Targets[target], example.Predictions[target]))];
                string name = report.Targets.Count > 1 ? $" of {VisibleText.Escape(metrics.Name, 24)}" : "";
                WriteScatter(html, name, pairs);
                WriteResiduals(html, name, pairs);
            }
        }, ("class", "grid")).Line();
        WriteLargest(html, findings, report);
    }

    private static void WriteScatter(HtmlWriter html, string name, (double True, double Predicted)[] pairs)
    {
        var shown = RowSample.Spread(pairs.Length, MostPoints).Select(row => (pairs[row].True, pairs[row].Predicted)).ToArray();
        double[] all = [.. shown.SelectMany(pair => (double[])[pair.True, pair.Predicted]).Where(double.IsFinite)];
        Axis x = Axis.Around("true value", all), y = x with { Title = "predicted" };
        string part = shown.Length < pairs.Length ? $" Shown are {shown.Length} of {pairs.Length} examples." : "";
        new Figure(
            $"Predicted and true values{name}",
            "Each point is an example; on the dashed diagonal the prediction is right. Points that bend away from it at an end say that "
            + "extreme values are pulled towards the middle." + part,
            ["true value from", "to", "examples", "mean true value", "mean prediction"], [.. GroupRows(pairs)])
            .Write(html, () => Canvas.Write(
                html, $"Predicted against true values of {shown.Length} examples.", x, y, canvas =>
                {
                    canvas.Guide((x.Low, x.Low), (x.High, x.High));
                    canvas.Marks(shown, 2, 0);
                }));
    }

    /// <summary>Ten groups of equal size, from the smallest true values to the largest.</summary>
    private static IEnumerable<string[]> GroupRows((double True, double Predicted)[] pairs)
    {
        var sorted = pairs.OrderBy(pair => pair.True).ToArray();
        int groups = Math.Min(Groups, sorted.Length);
        for (int i = 0; i < groups; i++)
        {
            var group = sorted[(i * sorted.Length / groups)..((i + 1) * sorted.Length / groups)];
            yield return [
                FigureText.Digits(group[0].True), FigureText.Digits(group[^1].True), FigureText.Whole(group.Length),
                FigureText.Digits(group.Average(pair => pair.True)), FigureText.Digits(group.Average(pair => pair.Predicted)),
            ];
        }
    }

    private static void WriteResiduals(HtmlWriter html, string name, (double True, double Predicted)[] pairs)
    {
        var histogram = Histogram.Create([.. pairs.Select(pair => (float)(pair.Predicted - pair.True))]);
        new Figure(
            $"Residuals{name}",
            "How far predictions are off: predicted less true value. A heap in the middle of 0 is good; one that is shifted says that the "
            + "network predicts too much or too little on the whole.",
            HistogramChart.Header, [.. HistogramChart.Rows(histogram)])
            .Write(html, () => HistogramChart.Write(
                html, $"Histogram of the residuals of {pairs.Length} examples.", "residual", histogram));
    }

    private static void WriteLargest(HtmlWriter html, ReportFindings findings, RegressionReport report)
    {
        var largest = report.Examples.Index().OrderByDescending(example => Math.Abs(example.Item.Predictions[0] - example.Item.Targets[0]))
            .Take(MostErrors);
        html.Element("h3", "Largest errors").Line();
        html.Table(
            $"The {MostErrors} examples with the largest errors of {report.Targets[0].Name}",
            ["example", "true value", "predicted", "error"],
            largest.Select(example => (string[])
            [
                FigureText.Whole(findings.Request.Rows?[example.Index] ?? example.Index + 1), FigureText.Digits(example.Item.Targets[0]),
                FigureText.Digits(example.Item.Predictions[0]),
                FigureText.Digits(example.Item.Predictions[0] - example.Item.Targets[0]),
            ]));
    }
}
