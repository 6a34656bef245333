using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nabla.Cli;

/// <summary>
/// Makes control characters of names and texts from files visible: a class called <c>ESC[2J</c> must not clear the screen, and a line
/// break must not forge a line of output.
/// </summary>
/// <remarks>
/// Escaped are the control characters of ASCII and Latin-1, line and paragraph separators, and characters that change the direction of
/// text. The escapes are those of JSON (<c>\n</c>, <c>\u001b</c>), so that a line of JSON remains what it is.
/// </remarks>
internal static class VisibleText
{
    private static readonly SearchValues<char> Invisible = SearchValues.Create(
        [
            .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code),
            '\u061C', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E',
            '\u2066', '\u2067', '\u2068', '\u2069', '\uFEFF',
        ]);

    /// <summary>The text in one line, with escapes; the same text if it needs none.</summary>
    public static string Escape(string text)
    {
        int next = text.AsSpan().IndexOfAny(Invisible);
        if (next < 0)
            return text;
        var escaped = new StringBuilder(text, 0, next, text.Length + 16);
        foreach (char c in text.AsSpan(next))
        {
            if (Invisible.Contains(c))
                escaped.Append(Escape(c));
            else
                escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>Escapes a text, and shortens it to a number of characters.</summary>
    public static string Escape(string text, int longest)
    {
        string shown = Escape(text);
        if (shown.Length <= longest)
            return shown;
        int end = char.IsHighSurrogate(shown[longest - 2]) ? longest - 2 : longest - 1;
        return $"{shown[..end]}…";
    }

    /// <summary>A character, or its escape.</summary>
    public static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when Invisible.Contains(c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c.ToString(),
    };
}
