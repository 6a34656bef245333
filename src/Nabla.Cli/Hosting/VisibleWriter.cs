using System.Text;
using Nabla.Report;

namespace Nabla.Cli;

/// <summary>
/// Writes lines of text in which nothing is invisible (<see cref="VisibleText"/>). All output of all commands passes through it. A line is
/// written by one call of <c>WriteLine</c>: a line break within its text is escaped.
/// </summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    // Text that is written in parts may end lines itself.
    public override void Write(string? value)
    {
        var visible = new StringBuilder();
        foreach (var rune in (value ?? "").EnumerateRunes())
            visible.Append(rune.Value is '\n' or '\r' ? rune.ToString() : VisibleText.Escape(rune));
        inner.Write(visible.ToString());
    }

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(VisibleText.Escape(value ?? ""));

    public override void Flush() => inner.Flush();
}
