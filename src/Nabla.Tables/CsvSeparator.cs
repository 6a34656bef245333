namespace Nabla.Tables;

/// <summary>Detects what separates the fields, from the header line alone.</summary>
internal static class CsvSeparator
{
    private const string Candidates = ",;\t";

    /// <summary>The most frequent candidate of the first line outside quotation marks; the comma if there is none, or a tie.</summary>
    public static char Detect(ReadOnlySpan<byte> text)
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
