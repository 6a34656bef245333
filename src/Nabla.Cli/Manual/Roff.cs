using System.Text;

namespace Nabla.Cli;

/// <summary>Writes a manual page with the macros of man(7).</summary>
internal sealed class Roff(TextWriter output)
{
    /// <summary>The title line of a page in section 1.</summary>
    /// <param name="name">The program.</param>
    /// <param name="date">As <c>2026-11-30</c>: readers recognize it with plain hyphens alone.</param>
    /// <param name="source">The program and its version.</param>
    public void Title(string name, string date, string source) =>
        output.WriteLine($".TH {Quoted(name)} 1 {date} {Quoted(source)}");

    public void Section(string name) => output.WriteLine($".SH {Quoted(name)}");

    public void Subsection(string name) => output.WriteLine($".SS {Quoted(name)}");

    /// <summary>A paragraph of text; the first one after a heading needs no macro.</summary>
    public void Text(string text) => output.WriteLine(Escape(text));

    /// <summary>A term in bold, its value in italics, and an indented text about them.</summary>
    public void Item(string term, string? value, string text)
    {
        output.WriteLine(".TP");
        output.WriteLine(value is null ? $".B {Quoted(term)}" : $".BI {Quoted(term + " ")} {Quoted(value)}");
        output.WriteLine(Escape(text));
    }

    // Quotation marks delimit arguments of macros.
    private static string Quoted(string text) => $"\"{Escape(text).Replace("\"", "\\(dq", StringComparison.Ordinal)}\"";

    /// <summary>
    /// A hyphen would become a typographic one, which no shell accepts, and a line that begins with a dot would be a macro.
    /// </summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                '\'' => "\\(aq",
                '`' => "\\(ga",
                '^' => "\\(ha",
                '~' => "\\(ti",
                '.' when escaped.Length == 0 => "\\&.",
                > 0x7E => $"\\[u{rune.Value:X4}]",
                _ => rune.ToString(),
            });
        }
        return escaped.ToString();
    }
}
