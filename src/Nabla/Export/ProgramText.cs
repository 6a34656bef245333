using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>Texts from a model as parts of a program: nothing in a name can end a string or a comment.</summary>
internal static class ProgramText
{
    /// <summary>A string in double quotes, as C# and Python read it.</summary>
    public static string Quoted(string text) => $"\"{Escaped(text)}\"";

    /// <summary>A text without what could end a string or a line.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '"' or '\\')
                escaped.Append('\\').Append(c);
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' || IsFormat(c))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                escaped.Append(c);
        }
        return escaped.ToString();
    }

    /// <summary>A name of a class: the letters and digits of a text, each word with a capital letter.</summary>
    public static string Identifier(string text)
    {
        var name = new StringBuilder();
        bool isStart = true;
        foreach (char c in text)
        {
            bool fits = char.IsAsciiLetterOrDigit(c);
            if (fits)
                name.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = !fits;
        }
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"Model{name}" : name.ToString();
    }

    // Characters that change the direction of a text could make a program look other than it is.
    private static bool IsFormat(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
