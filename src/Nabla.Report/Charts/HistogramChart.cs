using Nabla.Explain;

namespace Nabla.Report;

/// <summary>Bars side by side, one for each bin of a histogram.</summary>
internal static class HistogramChart
{
    /// <summary>The heading of the table of a histogram.</summary>
    public static IReadOnlyList<string> Header { get; } = ["from", "to", "count"];

    /// <summary>Writes the bars.</summary>
    public static void Write(HtmlWriter html, string label, string title, Histogram histogram) => Canvas.Write(
        html, label, new Axis(title, histogram.Low, histogram.High),
        Axis.Around("count", histogram.Counts.Select(count => (double)count), fromZero: true), canvas =>
        {
            foreach (var (bin, count) in histogram.Counts.Index())
                canvas.Bar(histogram.Low + bin * histogram.Width, histogram.Low + (bin + 1) * histogram.Width, count);
        });

    /// <summary>The bins that have values, as rows of a table.</summary>
    public static IEnumerable<string[]> Rows(Histogram histogram) => histogram.Counts.Index().Where(bin => bin.Item > 0).Select(
        bin => (string[])
        [
            FigureText.Digits(histogram.Low + bin.Index * histogram.Width),
            FigureText.Digits(histogram.Low + (bin.Index + 1) * histogram.Width), FigureText.Whole(bin.Item),
        ]);
}
