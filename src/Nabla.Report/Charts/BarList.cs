namespace Nabla.Report;

/// <summary>Horizontal bars below one another, each with its name and its value.</summary>
/// <remarks>
/// Bars begin at 0, and lead to the left for values below it. Values that are far from 0 and near each other have marks on an axis of their
/// own instead: their bars would all look the same.
/// </remarks>
internal static class BarList
{
    private const double Width = 440, Row = 24, Names = 170, Values = 72, Length = Width - Names - Values;
    private const int LongestName = 24;

    private const double LeastRange = 0.2; // of the largest value, below which bars look the same

    /// <summary>Whether values have marks rather than bars.</summary>
    public static bool HasMarks(IReadOnlyList<double> values) =>
        (values.All(value => value > 0) || values.All(value => value < 0)) && values.Max() > values.Min()
        && values.Max() - values.Min() < LeastRange * values.Max(Math.Abs);

    /// <summary>Writes the bars.</summary>
    /// <param name="html">The page.</param>
    /// <param name="label">What a screen reader says.</param>
    /// <param name="bars">The bars. One whose value is not finite is not drawn.</param>
    public static void Write(HtmlWriter html, string label, IReadOnlyList<(string Name, double Value, string Text)> bars)
    {
        double[] values = [.. bars.Select(bar => bar.Value).Where(double.IsFinite)];
        bool hasMarks = values.Length > 0 && HasMarks(values);
        double low = values.DefaultIfEmpty(0).Min(), high = values.DefaultIfEmpty(0).Max();
        if (!hasMarks)
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        double At(double value) => Names + (high > low ? (value - low) / (high - low) * Length : 0);
        html.Element("svg", () =>
        {
            foreach (var (number, bar) in bars.Index())
                WriteBar(html, number * Row, bar, hasMarks ? null : At(0), double.IsFinite(bar.Value) ? At(bar.Value) : Names);
            if (low < 0 && !hasMarks)
            {
                html.Empty(
                    "line", ("class", "axis"), ("x1", Canvas.Number(At(0))), ("x2", Canvas.Number(At(0))), ("y1", "0"),
                    ("y2", Canvas.Number(bars.Count * Row)));
            }
        }, ("viewBox", $"0 0 {Width} {Canvas.Number(bars.Count * Row)}"), ("class", "bars"), ("role", "img"), ("aria-label", label)).Line();
    }

    // Ground is where bars begin, null for a mark, and end where the value is.
    private static void WriteBar(
        HtmlWriter html, double top, (string Name, double Value, string Text) bar, double? ground, double end)
    {
        html.Element(
            "text", VisibleText.Escape(bar.Name, LongestName), ("class", "end"), ("x", Canvas.Number(Names - 8)),
            ("y", Canvas.Number(top + 16)));
        if (ground is { } from)
        {
            html.Empty(
                "rect", ("class", "bar"), ("x", Canvas.Number(Math.Min(from, end))), ("y", Canvas.Number(top + 4)),
                ("width", Canvas.Number(Math.Abs(end - from))), ("height", Canvas.Number(Row - 8)));
        }
        else
        {
            html.Empty(
                "line", ("class", "grid"), ("x1", Canvas.Number(Names)), ("x2", Canvas.Number(Names + Length)),
                ("y1", Canvas.Number(top + Row / 2)), ("y2", Canvas.Number(top + Row / 2)));
            html.Empty(
                "circle", ("class", "mark c0"), ("cx", Canvas.Number(end)), ("cy", Canvas.Number(top + Row / 2)), ("r", "4"));
        }
        html.Element(
            "text", bar.Text, ("class", "start"), ("x", Canvas.Number(Math.Max(ground ?? end, end) + 8)), ("y", Canvas.Number(top + 16)));
    }
}
