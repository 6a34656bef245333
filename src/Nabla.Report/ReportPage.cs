using System.Reflection;

namespace Nabla.Report;

/// <summary>A report as one HTML file, which needs no network, no script and no other file.</summary>
public static class ReportPage
{
    private static readonly Section[] Sections =
    [
        new("result", "Result", _ => true, ResultSection.Write),
        new("training", "Training", TrainingSection.Exists, TrainingSection.Write),
        new("classes", "Classes", findings => findings.Report is ClassificationReport { Count: > 0 }, ClassSection.Write),
        new("mistakes", "Worst mistakes", MistakeSection.Exists, MistakeSection.Write),
        new("values", "Predicted values", findings => findings.Report is RegressionReport { Count: > 0 }, ValueSection.Write),
        new("columns", "Columns", findings => findings.Importance is not null, ColumnSection.Write),
        new("network", "Inside the network", _ => true, NetworkSection.Write),
        new("origin", "How it was made", _ => true, OriginSection.Write),
    ];

    /// <summary>Writes a report.</summary>
    /// <param name="findings">What it shows.</param>
    /// <param name="stream">Receives UTF-8.</param>
    public static void Write(ReportFindings findings, Stream stream)
    {
        using var html = new HtmlWriter(stream);
        html.Element("html", () =>
        {
            WriteHead(html, findings);
            html.Element("body", () => WriteBody(html, findings)).Line();
        }, ("lang", "en"));
    }

    private static void WriteHead(HtmlWriter html, ReportFindings findings) => html.Element("head", () =>
    {
        html.Empty("meta", ("charset", "utf-8")).Line();
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        html.Empty("meta", ("name", "color-scheme"), ("content", "light dark")).Line();
        html.Element("title", $"{findings.Request.ModelName}: Nabla report").Line();
        html.Style(ReadStyle()).Line();
    }).Line();

    private static void WriteBody(HtmlWriter html, ReportFindings findings)
    {
        var sections = Sections.Where(section => section.Exists(findings)).ToArray();
        html.Element("header", () =>
        {
            html.Element("p", "Nabla report", ("class", "muted"));
            html.Element("h1", findings.Request.ModelName).Line();
            html.Element("p", $"{findings.Request.Model}").Line();
            html.Element("nav", () => html.Element("ul", () =>
            {
                foreach (var section in sections)
                    html.Element("li", () => html.Element("a", section.Title, ("href", $"#{section.Id}")));
            }), ("aria-label", "Sections"));
        }).Line();
        html.Element("main", () =>
        {
            foreach (var section in sections)
            {
                html.Element("section", () =>
                {
                    html.Element("h2", section.Title, ("id", $"{section.Id}-title")).Line();
                    section.Write(html, findings);
                }, ("id", section.Id), ("aria-labelledby", $"{section.Id}-title")).Line();
            }
        }).Line();
        html.Element("footer", () => html.Element(
            "p", "Made by Nabla. The figures are those of nabla evaluate; the file needs no network.", ("class", "muted")));
    }

    private sealed record Section(string Id, string Title, Func<ReportFindings, bool> Exists, Action<HtmlWriter, ReportFindings> Write);

    private static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
