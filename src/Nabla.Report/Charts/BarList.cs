namespace Nabla.Report;

/// <summary>Horizontal bars below one another, each with its name and its value.</summary>
internal static class BarList
{
    private const double Width = 440, Row = 24, Names = 170, Values = 72;
    private const int LongestName = 24;

    /// <summary>Writes the bars.</summary>
    /// <param name="html">The page.</param>
    /// <param name="label">What a screen reader says.</param>
    /// <param name="bars">The bars. One below 0 has no length.</param>
    public static void Write(HtmlWriter html, string label, IReadOnlyList<(string Name, double Value, string Text)> bars)
    {
        double most = Math.Max(bars.Max(bar => bar.Value), double.Epsilon);
        html.Element("svg", () =>
        {
            foreach (var (number, bar) in bars.Index())
                WriteBar(html, number * Row, bar, Math.Max(0, bar.Value / most) * (Width - Names - Values));
        }, ("viewBox", $"0 0 {Width} {Canvas.Number(bars.Count * Row)}"), ("role", "img"), ("aria-label", label)).Line();
    }

    private static void WriteBar(HtmlWriter html, double top, (string Name, double Value, string Text) bar, double length)
    {
        html.Element(
            "text", VisibleText.Escape(bar.Name, LongestName), ("class", "end"), ("x", Canvas.Number(Names - 8)),
            ("y", Canvas.Number(top + 16)));
        html.Empty(
            "rect", ("class", "bar"), ("x", Canvas.Number(Names)), ("y", Canvas.Number(top + 4)), ("width", Canvas.Number(length)),
            ("height", Canvas.Number(Row - 8)));
        html.Element(
            "text", bar.Text, ("class", "start"), ("x", Canvas.Number(Names + length + 6)), ("y", Canvas.Number(top + 16)));
    }
}
