using System.Text;

namespace Nabla.Cli;

/// <summary>
/// Writes lines of text in which nothing is invisible (<see cref="VisibleText"/>). All output of all commands passes through it. A line is
/// written by one call of <c>WriteLine</c>: a line break within its text is escaped.
/// </summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    // Only WriteLine ends a line; text that is written in parts may do so itself.
    public override void Write(char value)
    {
        if (value is '\n' or '\r')
            inner.Write(value);
        else
            inner.Write(VisibleText.Escape(value));
    }

    public override void Write(string? value)
    {
        foreach (char c in value ?? "")
            Write(c);
    }

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(VisibleText.Escape(value ?? ""));

    public override void Flush() => inner.Flush();
}
