using System.Globalization;
using System.Text;

namespace Nabla.Cli;

/// <summary>Shows text from files, such as names of classes, on a terminal.</summary>
internal static class DisplayText
{
    /// <summary>
    /// Escapes what a terminal would obey or not show: control characters, line separators, and characters that change the direction of
    /// writing become <c>\n</c>, <c>\t</c> or <c>\u001b</c>.
    /// </summary>
    public static string Escape(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
                shown.Append(rune);
            else
                shown.Append(EscapeOf(rune));
        }
        return shown.ToString();
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

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string EscapeOf(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        <= 0xFFFF and var value => $"\\u{value:x4}",
        var value => $"\\U{value:x8}",
    };
}
