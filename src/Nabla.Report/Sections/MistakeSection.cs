using Nabla.Explain;

namespace Nabla.Report;

/// <summary>The examples that a classifier is most wrong about.</summary>
internal static class MistakeSection
{
    private const int Most = 24;
    private const string SheetId = "mistake-images";

    public static bool Exists(ReportFindings findings) =>
        findings.Report is ClassificationReport report && Mistake.FindWorst(report, 1).Count > 0;

    public static void Write(HtmlWriter html, ReportFindings findings)
    {
        var report = (ClassificationReport)findings.Report!;
        var mistakes = Mistake.FindWorst(report, Most);
        string score = report.HasProbabilities ? "probability" : "output";
        html.Element(
            "p", $"The {mistakes.Count} examples whose own class gets the lowest {score}. Look for wrong labels, damaged examples, and "
            + "kinds of examples that the training data lack.").Line();
        if (findings.Request.Data is { } data && TileSheet.IsPicture(data.InputShape))
            WriteTiles(html, findings, data, mistakes);
        html.Table(
            "The worst mistakes", ["example", "class", "predicted", $"{score} of the class", $"{score} of the prediction"],
            mistakes.Select(mistake => (string[])
            [
                RowOf(findings, mistake), NameOf(report, mistake.Label), NameOf(report, mistake.Predicted),
                FigureText.Share(mistake.LabelScore), FigureText.Share(mistake.PredictedScore),
            ]), leftColumns: 3);
    }

    private static void WriteTiles(HtmlWriter html, ReportFindings findings, Dataset data, IReadOnlyList<Mistake> mistakes)
    {
        var report = (ClassificationReport)findings.Report!;
        var sheet = new TileSheet(data.InputShape, mistakes.Count);
        foreach (var (tile, mistake) in mistakes.Index())
            SetTile(sheet, tile, data.Inputs, mistake.Example);
        sheet.WriteSymbol(html, SheetId);
        html.Element("ul", () =>
        {
            foreach (var (tile, mistake) in mistakes.Index())
            {
                string label = NameOf(report, mistake.Label), predicted = NameOf(report, mistake.Predicted);
                html.Element("li", () =>
                {
                    sheet.WriteTile(html, SheetId, tile, $"Example {RowOf(findings, mistake)}: {label}, predicted {predicted}");
                    html.Element("span", $"{VisibleText.Escape(label, 12)} → {VisibleText.Escape(predicted, 12)}", ("class", "pair"));
                    html.Element(
                        "span", $"{FigureText.Share(mistake.LabelScore)} → {FigureText.Share(mistake.PredictedScore)}",
                        ("class", "muted"));
                }).Line();
            }
        }, ("class", "tiles")).Line();
        html.Element(
            "p", "Under each picture: its class → the predicted class, and the scores of both. The table below has the same in words.",
            ("class", "muted")).Line();
    }

    private static void SetTile(TileSheet sheet, int tile, FeatureTable inputs, int example)
    {
        if (inputs.IsBytes)
        {
            sheet.Set(tile, Array.ConvertAll(inputs.ByteRow(example).ToArray(), value => (float)value), 0, 255);
            return;
        }
        float[] values = inputs.FloatRow(example).ToArray();
        sheet.Set(tile, values, values.Min(), values.Max());
    }

    private static string NameOf(ClassificationReport report, int number) => report.Classes[number].Name;

    private static string RowOf(ReportFindings findings, Mistake mistake) =>
        FigureText.Whole(findings.Request.Rows?[mistake.Example] ?? mistake.Example + 1);
}
