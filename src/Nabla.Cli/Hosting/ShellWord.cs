using System.Text;

namespace Nabla.Cli;

/// <summary>Quotes words for a shell, in proposed commands.</summary>
internal static class ShellWord
{
    /// <summary>Whether a text is nothing but words as <see cref="Quote"/> writes them: a shell finds no other command in it.</summary>
    public static bool AreQuoted(string text)
    {
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
                isQuoted = !isQuoted;
            else if (!isQuoted && text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '\'')
                i++;
            else if (!isQuoted && text[i] != ' ' && !IsPlain(text[i]))
                return false;
        }
        return !isQuoted;
    }

    /// <summary>The words of a text for which <see cref="AreQuoted"/> holds.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool isQuoted = false, isWord = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\'')
                (isQuoted, isWord) = (!isQuoted, true);
            else if (c == ' ' && !isQuoted)
                End();
            else
                (word, isWord) = (word.Append(c == '\\' && !isQuoted ? text[++i] : c), true);
        }
        End();
        return words;

        void End()
        {
            if (isWord)
                words.Add(word.ToString());
            word.Clear();
            isWord = false;
        }
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || "-_./,:=@%+~".Contains(c, StringComparison.Ordinal);

    public static string Quote(string word) =>
        word.Length > 0 && word.All(IsPlain)
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
