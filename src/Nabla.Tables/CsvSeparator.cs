namespace Nabla.Tables;

/// <summary>Finds out what separates the fields, from the header line alone.</summary>
internal static class CsvSeparator
{
    private const string Candidates = ",;\t";

    /// <summary>The candidate that the first line has most often outside quotation marks; the comma if none, and before others that are as frequent.</summary>
    public static char Of(ReadOnlySpan<byte> text)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        bool isQuoted = false;
        foreach (byte b in text)
        {
            if (b == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && b is (byte)'\n' or (byte)'\r')
                break;
            else if (!isQuoted && Candidates.IndexOf((char)b, StringComparison.Ordinal) is >= 0 and int candidate)
                counts[candidate]++;
        }
        int best = 0;
        for (int i = 1; i < counts.Length; i++)
            best = counts[i] > counts[best] ? i : best;
        return Candidates[best];
    }
}
