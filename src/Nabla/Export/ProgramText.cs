using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>Texts from a model as parts of a program: nothing in a name can end a string or a comment.</summary>
internal static class ProgramText
{
    private const long MostParameters = 1 << 25; // 180 MB of text

    /// <summary>Checks that the weights of a model fit into a source file.</summary>
    /// <exception cref="InvalidInputException">It has too many.</exception>
    public static void RequireSize(Model model)
    {
        long parameters = (long)model.Topology.ParameterCount * Math.Max(1, model.Members.Count);
        if (parameters > MostParameters)
        {
            throw new InvalidInputException(
                "cannot write the model as a program", "its parameters",
                $"there are {parameters}, and a source file with its weights is limited to {MostParameters}",
                "Use a smaller network or fewer members, or export it as ONNX.");
        }
    }

    /// <summary>A string in double quotes, as C# and Python read it.</summary>
    public static string Quoted(string text) => $"\"{Escaped(text)}\"";

    /// <summary>
    /// A text without what could end a string or a line, or change the direction of the text: a program must look like what it is.
    /// </summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsSurrogatePair(text, i);
            var category = CharUnicodeInfo.GetUnicodeCategory(text, i);
            if (text[i] is '"' or '\\')
                escaped.Append('\\').Append(text[i]);
            else if (isPair)
                escaped.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(text, i++):x8}");
            else if (category is UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format)
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else
                escaped.Append(text[i]);
        }
        return escaped.ToString();
    }

    /// <summary>A name in C#: the letters and digits of a text, each word with a capital letter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">What comes before a name that would begin with a digit, or have no letter.</param>
    public static string Identifier(string text, string prefix)
    {
        var name = new StringBuilder();
        bool isStart = true;
        foreach (char c in text)
        {
            bool fits = char.IsLetterOrDigit(c);
            if (fits)
                name.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = !fits;
        }
        return name.Length == 0 || char.IsDigit(name[0]) ? prefix + name : name.ToString();
    }
}
