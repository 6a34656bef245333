using System.Globalization;

namespace Nabla.Report;

/// <summary>
/// A picture of two axes as SVG. Colours come from the style sheet, so that the picture follows light and dark mode and print; OxyPlot's
/// SVG has fixed colours, and ScottPlot needs native code.
/// </summary>
internal sealed class Canvas
{
    private const double Width = 440, Height = 280;
    private const double Left = 72, Right = 14, Top = 12, Bottom = 44;

    private readonly HtmlWriter html;
    private readonly Axis x, y;

    private Canvas(HtmlWriter html, Axis x, Axis y) => (this.html, this.x, this.y) = (html, x, y);

    /// <summary>Writes a picture with axes, a grid, and what an action draws.</summary>
    /// <param name="html">The page.</param>
    /// <param name="label">What a screen reader says.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="draw">Draws inside the axes.</param>
    public static void Write(HtmlWriter html, string label, Axis x, Axis y, Action<Canvas> draw)
    {
        var canvas = new Canvas(html, x, y);
        html.Element("svg", () =>
        {
            canvas.DrawAxes();
            draw(canvas);
        }, ("viewBox", $"0 0 {Number(Width)} {Number(Height)}"), ("role", "img"), ("aria-label", label)).Line();
    }

    /// <summary>A coordinate as text.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Draws a line through points. Where one cannot be drawn, the line has a gap.</summary>
    /// <param name="points">The points.</param>
    /// <param name="style">Number of the line: its colour and dashes.</param>
    public void Line(IEnumerable<(double X, double Y)> points, int style)
    {
        var path = new System.Text.StringBuilder();
        bool isOpen = false;
        foreach (var point in points)
        {
            bool canBeDrawn = x.Holds(point.X) && y.Holds(point.Y);
            if (canBeDrawn)
                path.Append(isOpen ? 'L' : 'M').Append(Number(AtX(point.X))).Append(' ').Append(Number(AtY(point.Y)));
            isOpen = canBeDrawn;
        }
        if (path.Length > 0)
            html.Empty("path", ("class", $"line c{style}"), ("d", path.ToString()));
    }

    /// <summary>Draws marks.</summary>
    /// <param name="points">Where they stand.</param>
    /// <param name="radius">Their size.</param>
    /// <param name="style">Their colour.</param>
    public void Marks(IEnumerable<(double X, double Y)> points, double radius, int style)
    {
        foreach (var point in points.Where(point => x.Holds(point.X) && y.Holds(point.Y)))
        {
            html.Empty(
                "circle", ("class", $"mark c{style}"), ("cx", Number(AtX(point.X))), ("cy", Number(AtY(point.Y))),
                ("r", Number(radius)));
        }
    }

    /// <summary>Draws a bar that stands on the lower end of the vertical axis, or on 0 if the axis has it.</summary>
    public void Bar(double from, double to, double value)
    {
        double ground = y.Low <= 0 && y.High >= 0 ? 0 : y.Low;
        double left = AtX(from), right = AtX(to), top = AtY(Math.Max(value, ground)), bottom = AtY(Math.Min(value, ground));
        if (bottom - top <= 0)
            return;
        html.Empty(
            "rect", ("class", "bar"), ("x", Number(left)), ("y", Number(top)), ("width", Number(Math.Max(right - left - 0.5, 0.5))),
            ("height", Number(bottom - top)));
    }

    /// <summary>Draws a dashed vertical line with a text at its top.</summary>
    public void Upright(double at, string text)
    {
        if (!x.Holds(at))
            return;
        html.Empty(
            "line", ("class", "guide"), ("x1", Number(AtX(at))), ("x2", Number(AtX(at))), ("y1", Number(Top)),
            ("y2", Number(Height - Bottom)));
        bool isRight = x.Place(at) > 0.6;
        html.Element(
            "text", text, ("class", isRight ? "end" : "start"), ("x", Number(AtX(at) + (isRight ? -5 : 5))), ("y", Number(Top + 11)));
    }

    /// <summary>Draws a dashed line between two points.</summary>
    public void Guide((double X, double Y) from, (double X, double Y) to) => html.Empty(
        "line", ("class", "guide"), ("x1", Number(AtX(from.X))), ("y1", Number(AtY(from.Y))), ("x2", Number(AtX(to.X))),
        ("y2", Number(AtY(to.Y))));

    /// <summary>Writes a text below the horizontal axis.</summary>
    public void BelowX(double at, string text) =>
        html.Element("text", text, ("class", "middle"), ("x", Number(AtX(at))), ("y", Number(Height - Bottom + 16)));

    private double AtX(double value) => Left + x.Place(value) * (Width - Left - Right);

    private double AtY(double value) => Height - Bottom - y.Place(value) * (Height - Top - Bottom);

    private void DrawAxes()
    {
        foreach (var (value, label) in y.Ticks())
        {
            html.Empty(
                "line", ("class", "grid"), ("x1", Number(Left)), ("x2", Number(Width - Right)), ("y1", Number(AtY(value))),
                ("y2", Number(AtY(value))));
            html.Element("text", label, ("class", "end"), ("x", Number(Left - 7)), ("y", Number(AtY(value) + 4)));
        }
        foreach (var (value, label) in x.Title.Length == 0 ? [] : x.Ticks())
            BelowX(value, label);
        html.Empty(
            "line", ("class", "axis"), ("x1", Number(Left)), ("x2", Number(Width - Right)), ("y1", Number(Height - Bottom)),
            ("y2", Number(Height - Bottom)));
        html.Element(
            "text", x.Caption, ("class", "middle title"), ("x", Number((Left + Width - Right) / 2)), ("y", Number(Height - 8)));
        double middle = (Top + Height - Bottom) / 2;
        html.Element(
            "text", y.Caption, ("class", "middle title"), ("x", "0"), ("y", "0"),
            ("transform", $"translate(11 {Number(middle)}) rotate(-90)"));
    }
}
