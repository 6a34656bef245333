namespace Nabla.Report;

/// <summary>The figures in short.</summary>
internal static class ResultSection
{
    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        if (findings.Report is not { } report)
        {
            html.Element("p", findings.Request.DataDescription is null
                ? "No data were given, so nothing was measured: this report has what the model alone tells."
                : $"Nothing was measured: {findings.Request.DataDescription}.").Line();
            return;
        }
        html.Element("p", $"Measured on {findings.Request.DataDescription ?? $"{report.Count} examples"}.").Line();
        html.Element("p", $"{report}", ("class", "lead")).Line();
        html.Element("dl", () =>
        {
            foreach (var metric in report.AllMetrics)
            {
                html.Element("div", () =>
                {
                    html.Element("dt", metric.Title);
                    html.Element("dd", metric.WhyUndefined is null ? metric.ValueText : $"{metric.ValueText} ({metric.WhyUndefined})");
                });
            }
        }, ("class", "figures")).Line();
        if (report is RegressionReport { Targets.Count: > 1 } values)
            WriteTargets(html, values);
    }

    private static void WriteTargets(HtmlWriter html, RegressionReport report) => html.Table(
        "Each target by itself", ["target", "RMSE", "MAE", "R2", "median", "90 % quantile"],
        report.Targets.Select(target => (string[])
        [
            target.Name, FigureText.Digits(target.RootMeanSquaredError), FigureText.Digits(target.MeanAbsoluteError),
            FigureText.Share(target.R2), FigureText.Digits(target.MedianAbsoluteError), FigureText.Digits(target.AbsoluteErrorQuantile90),
        ]));
}
