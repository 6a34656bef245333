namespace Nabla.Report;

/// <summary>A picture with its title, two sentences that say how to read it, and its numbers behind a disclosure.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Reading">Two sentences.</param>
/// <param name="Header">The heading of the table.</param>
/// <param name="Rows">The rows of the table.</param>
internal sealed record Figure(string Title, string Reading, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int MostRows = 250;

    /// <summary>Columns of text in the table.</summary>
    public int LeftColumns { get; init; } = 1;

    /// <summary>Whether the figure is as wide as the page.</summary>
    public bool IsWide { get; init; }

    /// <summary>Writes the figure.</summary>
    /// <param name="html">The page.</param>
    /// <param name="picture">Writes the picture.</param>
    public void Write(HtmlWriter html, Action picture) => html.Element("figure", () =>
    {
        html.Element("h3", Title);
        picture();
        html.Element("figcaption", () =>
        {
            html.Element("p", Reading).Line();
            if (Rows.Count > 0)
                html.Element("details", () => WriteNumbers(html));
        });
    }, ("class", IsWide ? "wide" : null)).Line();

    private void WriteNumbers(HtmlWriter html)
    {
        html.Element("summary", $"Numbers: {Title}");
        // Of a long table every second, third, … row.
        int step = (Rows.Count + MostRows - 1) / MostRows;
        string part = step > 1 ? $"; one row of {step}, and the last" : "";
        html.Table(Title + part, Header, Rows.Where((_, row) => row % step == 0 || row == Rows.Count - 1), LeftColumns);
    }
}
