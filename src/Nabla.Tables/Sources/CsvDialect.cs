using System.Text;

namespace Nabla.Tables;

/// <summary>How a CSV text is written: found in its first lines.</summary>
/// <param name="Separator">The character between the fields.</param>
/// <param name="SkippedLines">Lines before the header: <c>sep=;</c>, and comments.</param>
/// <param name="Notices">What was assumed.</param>
internal sealed record CsvDialect(char Separator, int SkippedLines, IReadOnlyList<string> Notices)
{
    private const string Candidates = ",;\t|";

    /// <summary>Finds the dialect.</summary>
    /// <param name="start">The first lines in UTF-8, without a byte order mark.</param>
    /// <param name="separator">The separator, if it is known.</param>
    /// <param name="name">What the text is called.</param>
    public static CsvDialect Detect(ReadOnlySpan<byte> start, char? separator, string name)
    {
        var notices = new List<string>();
        int skipped = 0;
        while (start.StartsWith("#"u8) && Describes(start))
        {
            start = AfterLine(start);
            skipped++;
        }
        if (skipped > 0)
            notices.Add($"{name}: {(skipped == 1 ? "line 1 is a comment" : $"lines 1 to {skipped} are comments")} (#), and skipped.");
        if (start.Length > 4 && Ascii.EqualsIgnoreCase(start[..4], "sep=") && LineLength(start) == 5)
        {
            separator ??= (char)start[4];
            skipped++;
            start = AfterLine(start);
        }
        return new CsvDialect(separator ?? MostFrequent(start), skipped, notices);
    }

    /// <summary>Whether a first line that begins with # is a comment: the next line has other separators, or begins with # too.</summary>
    private static bool Describes(ReadOnlySpan<byte> start)
    {
        var next = AfterLine(start);
        if (next.IsEmpty)
            return false;
        char separator = MostFrequent(next);
        return next[0] == '#' || Count(start, separator) != Count(next, separator);
    }

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

    private static ReadOnlySpan<byte> AfterLine(ReadOnlySpan<byte> text)
    {
        text = text[LineLength(text)..];
        if (text.StartsWith("\r\n"u8))
            return text[2..];
        return text.IsEmpty ? text : text[1..];
    }
}
