using System.Text;

namespace Nabla.Cli;

/// <summary>Divides what is typed at a prompt into words, as shells do: at spaces that are neither quoted nor escaped.</summary>
internal static class ShellLine
{
    /// <summary>The words without their quotes; the last one is the one that is being typed, and empty after a space.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        bool isEscaped = false, isWord = false;
        foreach (char c in line)
        {
            if (c == ' ' && !isEscaped && quote == '\0')
            {
                if (isWord)
                    words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }
            isWord = true;
            if (!isEscaped && c == '\\' && quote != '\'')
            {
                isEscaped = true;
                continue;
            }
            if (!isEscaped && (c == quote || (quote == '\0' && c is '\'' or '"')))
                quote = quote == '\0' ? c : '\0';
            else
                word.Append(c);
            isEscaped = false;
        }
        return [.. words, word.ToString()];
    }
}
