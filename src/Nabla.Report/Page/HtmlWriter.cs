using System.Security;
using System.Text;

namespace Nabla.Report;

/// <summary>
/// Writes HTML that is well-formed XML too. All text is escaped by the base library, and what is invisible is made visible before: names
/// of classes and columns come from files.
/// </summary>
internal sealed class HtmlWriter : IDisposable
{
    // Elements without content, which must not have an end tag. All others must have one.
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "meta", "img", "br", "link", "hr", "col" };

    // XmlWriter would make the native program a quarter of a megabyte larger.
    private readonly StreamWriter writer;

    /// <param name="stream">Receives UTF-8.</param>
    public HtmlWriter(Stream stream)
    {
        writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.Write("<!DOCTYPE html>\n");
    }

    /// <summary>Writes an element with what an action writes inside.</summary>
    public HtmlWriter Element(string name, Action content, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        writer.Write($"<{name}");
        foreach (var (key, value) in attributes)
        {
            if (value is not null)
                writer.Write($" {key}=\"{Escaped(value)}\"");
        }
        bool isVoid = Void.Contains(name);
        writer.Write(isVoid ? " />" : ">");
        content();
        if (!isVoid)
            writer.Write($"</{name}>");
        return this;
    }

    /// <summary>Writes an element with text.</summary>
    public HtmlWriter Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Element(name, () => Text(text), attributes);

    /// <summary>Writes an element without content.</summary>
    public HtmlWriter Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes) =>
        Element(name, static () => { }, attributes);

    /// <summary>Writes text.</summary>
    public HtmlWriter Text(string text)
    {
        writer.Write(Escaped(text));
        return this;
    }

    /// <summary>Ends a line, so that the file can be read.</summary>
    public HtmlWriter Line()
    {
        writer.Write("\n");
        return this;
    }

    /// <summary>Writes a style sheet of this project, which has no characters to escape.</summary>
    public HtmlWriter Style(string css) => Element("style", () => writer.Write(css));

    /// <summary>Writes a table with a heading row. The first column has the names of the rows.</summary>
    /// <param name="caption">What the table has.</param>
    /// <param name="header">[columns].</param>
    /// <param name="rows">[rows], [columns] each.</param>
    /// <param name="leftColumns">Columns of text, aligned to the left; those after them are numbers.</param>
    public HtmlWriter Table(string caption, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, int leftColumns = 1)
    {
        // A region that can be scrolled by keyboard where the table is wider than the page.
        return Element("div", () => Element("table", () =>
        {
            Element("caption", caption);
            Element("thead", () => Element("tr", () =>
            {
                foreach (var (column, cell) in header.Index())
                    Element("th", cell, ("scope", "col"), ("class", column < leftColumns ? null : "number"));
            }));
            Element("tbody", () =>
            {
                foreach (var row in rows)
                    Element("tr", () => Row(row, leftColumns)).Line();
            });
        }), ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", caption)).Line();
    }

    public void Dispose() => writer.Dispose();

    private static string? Escaped(string text) => SecurityElement.Escape(VisibleText.Escape(text));

    private void Row(IReadOnlyList<string> row, int leftColumns)
    {
        foreach (var (column, cell) in row.Index())
        {
            if (column == 0)
                Element("th", cell, ("scope", "row"));
            else
                Element("td", cell, ("class", column < leftColumns ? null : "number"));
        }
    }
}
