namespace Nabla.Cli;

/// <summary>Finds the intended word for a misspelt one.</summary>
internal static class Spelling
{
    /// <summary>The most similar candidate; null if none is similar.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates
            .Select(c => (Candidate: c, Distance: Distance(word, c)))
            .OrderBy(c => c.Distance)
            .FirstOrDefault();
        // A third of the letters may be wrong, not counting dashes: --leyers means --layers, but --foo means nothing, and --lr is not --l2.
        return nearest.Candidate is { } candidate && nearest.Distance <= Math.Min(Letters(word), Letters(candidate)) / 3
            ? candidate
            : null;

        static int Letters(string text) => text.TrimStart('-').Length;
    }

    /// <summary>The smallest number of letters to insert, delete, replace or swap (Damerau, at most one edit per position).</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replaced, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
