using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nabla.Report;

/// <summary>
/// Makes control characters of names and texts from files visible: a class called <c>ESC[2J</c> must not clear the screen, and a line
/// break must not forge a line of output.
/// </summary>
/// <remarks>
/// Escaped are the control characters of ASCII and Latin-1, line and paragraph separators, and characters that change the direction of
/// text, tags, which are never shown, and U+FFFE and U+FFFF, which are no characters. The escapes are those of JSON (<c>\n</c>,
/// <c>\u001b</c>), so that JSON stays JSON.
/// </remarks>
public static class VisibleText
{
    private static readonly SearchValues<char> Invisible = SearchValues.Create(
        [
            .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code),
            '\u061C', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E',
            '\u2066', '\u2067', '\u2068', '\u2069', '\uFEFF', '\uFFFE', '\uFFFF',
        ]);

    /// <summary>The text in one line, with escapes; the same text if it needs none.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        // Half a surrogate pair becomes U+FFFD, and tags (U+E0000 to U+E007F) consist of two halves.
        if (!text.AsSpan().ContainsAny(Invisible) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            escaped.Append(Escape(rune));
        return escaped.ToString();
    }

    /// <summary>Escapes a text, and shortens it to a number of characters.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">The most characters, at least 2.</param>
    public static string Escape(string text, int longest)
    {
        string shown = Escape(text);
        if (shown.Length <= longest)
            return shown;
        int end = char.IsHighSurrogate(shown[longest - 2]) ? longest - 2 : longest - 1;
        return $"{shown[..end]}…";
    }

    /// <summary>A character, or its escape.</summary>
    /// <param name="rune">Any character.</param>
    public static string Escape(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        <= char.MaxValue and var value when !Invisible.Contains((char)value) => rune.ToString(),
        > char.MaxValue and not (>= 0xE0000 and <= 0xE007F) => rune.ToString(),
        _ => string.Concat(rune.ToString().Select(half => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)half:x4}"))),
    };
}
