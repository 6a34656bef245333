using System.Text;

namespace Nabla.Tables;

/// <summary>How a CSV text is written: found in its first lines.</summary>
/// <param name="Separator">The character between the fields.</param>
/// <param name="SkippedBytes">Length of the lines before the header: blank lines, <c>sep=;</c>, and comments.</param>
/// <param name="SkippedLines">How many they are.</param>
/// <param name="Notices">What was assumed.</param>
internal sealed record CsvDialect(char Separator, int SkippedBytes, int SkippedLines, IReadOnlyList<string> Notices)
{
    private const string Candidates = ",;\t|";

    /// <summary>Finds the dialect.</summary>
    /// <param name="start">The first lines in UTF-8, without a byte order mark.</param>
    /// <param name="csv">What is known.</param>
    /// <param name="name">What the text is called.</param>
    public static CsvDialect Detect(ReadOnlySpan<byte> start, CsvOptions csv, string name)
    {
        var notices = new List<string>();
        char? separator = csv.Separator;
        int length = start.Length, skipped = 0, comments = 0;
        while (IsBlank(start) || (csv.HasHeader && IsComment(start)))
        {
            comments += start[0] == '#' ? 1 : 0;
            start = AfterLineBreak(start);
            skipped++;
        }
        if (comments > 0)
        {
            string which = comments == 1 ? "1 line before the header is a comment" : $"{comments} lines before the header are comments";
            notices.Add($"{name}: {which} (#), and skipped.");
        }
        if (start.Length > 4 && Ascii.EqualsIgnoreCase(start[..4], "sep=") && LineLength(start) == 5)
        {
            separator ??= (char)start[4];
            skipped++;
            start = AfterLine(start);
        }
        return new CsvDialect(separator ?? MostFrequent(start), length - start.Length, skipped, notices);
    }

    /// <summary>Reads what stands before the header, or before the first row.</summary>
    public void SkipLines(Stream text)
    {
        Span<byte> one = stackalloc byte[1];
        for (int i = 0; i < SkippedBytes; i++)
            text.ReadExactly(one);
    }

    private static bool IsBlank(ReadOnlySpan<byte> start) =>
        start.IndexOfAnyExcept(" \t"u8) is >= 0 and var first && start[first] is (byte)'\n' or (byte)'\r';

    /// <summary>
    /// Whether a first line that begins with # is a comment: the first line without a # has other separators. If no line is without one,
    /// or the separators are the same, the # is part of the table.
    /// </summary>
    private static bool IsComment(ReadOnlySpan<byte> start)
    {
        var next = start;
        while (next.StartsWith("#"u8) || IsBlank(next))
            next = AfterLineBreak(next);
        if (next.Length == start.Length || next.IsEmpty)
            return false;
        char separator = MostFrequent(next);
        return Count(start[..LengthToBreak(start)], separator) != Count(next, separator);
    }

    /// <summary>The length of the first line of a comment, in which quotation marks mean nothing.</summary>
    private static int LengthToBreak(ReadOnlySpan<byte> text) => text.IndexOfAny("\n\r"u8) is >= 0 and var end ? end : text.Length;

    /// <summary>The most frequent candidate of the first line outside quotation marks; the comma if there is none, or a tie.</summary>
    private static char MostFrequent(ReadOnlySpan<byte> text)
    {
        char best = Candidates[0];
        int most = Count(text, best);
        foreach (char candidate in Candidates)
        {
            int count = Count(text, candidate);
            if (count > most)
                (best, most) = (candidate, count);
        }
        return best;
    }

    private static int Count(ReadOnlySpan<byte> text, char separator)
    {
        int count = 0;
        bool isQuoted = false;
        foreach (byte b in text[..LineLength(text)])
        {
            if (b == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && b == separator)
                count++;
        }
        return count;
    }

    /// <summary>The length of the first line: line ends in quotation marks do not end it.</summary>
    private static int LineLength(ReadOnlySpan<byte> text)
    {
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && text[i] is (byte)'\n' or (byte)'\r')
                return i;
        }
        return text.Length;
    }

    private static ReadOnlySpan<byte> AfterLineBreak(ReadOnlySpan<byte> text) => AfterBreak(text[LengthToBreak(text)..]);

    private static ReadOnlySpan<byte> AfterLine(ReadOnlySpan<byte> text) => AfterBreak(text[LineLength(text)..]);

    private static ReadOnlySpan<byte> AfterBreak(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\r\n"u8))
            return text[2..];
        return text.IsEmpty ? text : text[1..];
    }
}
