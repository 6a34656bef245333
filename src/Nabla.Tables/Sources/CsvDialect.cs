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
        var table = WithoutComments(start);
        char usual = MostFrequent(table);
        int separators = Count(table, usual);
        // A # in a line with as many separators as the table is part of the table, as it is where all lines have one.
        while (IsBlank(start)
            || (csv.HasHeader && !table.IsEmpty && start.StartsWith("#"u8) && Count(start[..LengthToBreak(start)], usual) != separators))
        {
            comments += start[0] == '#' ? 1 : 0;
            start = AfterBreak(start[LengthToBreak(start)..]);
            skipped++;
        }
        if (comments > 0)
        {
            string which = comments == 1 ? "1 comment (#) before the header is" : $"{comments} comments (#) before the header are";
            notices.Add($"{name}: {which} skipped.");
        }
        if (LineLength(start) == 5 && Ascii.EqualsIgnoreCase(start[..4], "sep="))
        {
            separator ??= (char)start[4];
            skipped++;
            start = AfterBreak(start[LineLength(start)..]);
        }
        return new CsvDialect(separator ?? MostFrequent(start), length - start.Length, skipped, notices);
    }

    private static bool IsBlank(ReadOnlySpan<byte> start) =>
        start.IndexOfAnyExcept(" \t"u8) is >= 0 and var first && start[first] is (byte)'\n' or (byte)'\r';

    /// <summary>The text from its first line on that is not blank and begins with no #.</summary>
    private static ReadOnlySpan<byte> WithoutComments(ReadOnlySpan<byte> text)
    {
        while (text.StartsWith("#"u8) || IsBlank(text))
            text = AfterBreak(text[LengthToBreak(text)..]);
        return text;
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

    /// <summary>The text after the end of a line with which it begins.</summary>
    private static ReadOnlySpan<byte> AfterBreak(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\r\n"u8))
            return text[2..];
        return text.IsEmpty ? text : text[1..];
    }
}
