namespace Nabla.Report;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Its points, from left to right.</param>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Lines over a common axis. They differ by colour, by dashes, and by a legend that shows both.</summary>
internal static class LineChart
{
    /// <summary>The number of different lines; further ones begin again with the first.</summary>
    public const int Styles = 6;

    private const int MostMarks = 40; // points of a line that are marked, so that a few stand out and many do not clutter

    /// <summary>Writes the chart and its legend.</summary>
    /// <param name="html">The page.</param>
    /// <param name="label">What a screen reader says.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="series">The lines.</param>
    /// <param name="more">Draws more; null for nothing.</param>
    public static void Write(
        HtmlWriter html, string label, Axis x, Axis y, IReadOnlyList<Series> series, Action<Canvas>? more = null)
    {
        Canvas.Write(html, label, x, y, canvas =>
        {
            more?.Invoke(canvas);
            foreach (var (number, line) in series.Index())
            {
                canvas.Line(line.Points, number % Styles);
                if (line.Points.Count <= MostMarks)
                    canvas.Marks(line.Points, 2.5, number % Styles);
            }
        });
        if (series.Count > 1)
            WriteLegend(html, series);
    }

    private static void WriteLegend(HtmlWriter html, IReadOnlyList<Series> series) => html.Element("ul", () =>
    {
        foreach (var (number, line) in series.Index())
        {
            html.Element("li", () =>
            {
                html.Element("svg", () => html.Empty("path", ("class", $"line c{number % Styles}"), ("d", "M1 5L31 5")),
                    ("viewBox", "0 0 32 10"), ("aria-hidden", "true"));
                html.Text(line.Name);
            });
        }
    }, ("class", "legend")).Line();
}
