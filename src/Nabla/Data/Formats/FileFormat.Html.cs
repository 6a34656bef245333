using System.Text;

namespace Nabla;

public sealed partial class FileFormat
{
    private static readonly string[] HtmlBeginnings = ["<!doctype", "<html>", "<html ", "<head>", "<head "];

    /// <summary>A web page, which servers often send instead of a missing file.</summary>
    private static FileFormat Html { get; } = new(
        "html", "a web page (HTML), as a failed download leaves behind", [".html", ".htm"], IsHtml);

    private static bool IsHtml(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Encoding.UTF8.Preamble))
            start = start[Encoding.UTF8.Preamble.Length..];
        start = start.TrimStart(" \t\r\n"u8);
        foreach (string beginning in HtmlBeginnings)
        {
            if (start.Length >= beginning.Length && Ascii.EqualsIgnoreCase(start[..beginning.Length], beginning))
                return true;
        }
        return false;
    }
}
