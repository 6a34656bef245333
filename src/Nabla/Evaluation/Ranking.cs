namespace Nabla;

/// <summary>How well scores rank the examples of a class above the others. Definitions and ties as in scikit-learn.</summary>
internal static class Ranking
{
    /// <summary>Measures a ranking.</summary>
    /// <param name="scores">[examples], without NaN; sorted by this method.</param>
    /// <param name="isPositive">[examples], whether each belongs to the class; reordered as the scores are.</param>
    /// <returns>
    /// The area under the ROC curve; NaN if all examples or none are positive. The average precision; NaN if none are positive.
    /// </returns>
    public static (double RocAuc, double AveragePrecision) Measure(double[] scores, bool[] isPositive)
    {
        Array.Sort(scores, isPositive);
        long positives = isPositive.LongCount(value => value), negatives = scores.Length - positives;
        long above = 0, negativesAbove = 0; // positives and negatives with a higher score
        long twiceArea = 0;                 // of pairs: 2 for a positive above a negative, 1 for a tie. At most 2^61.
        double precisions = 0;
        for (int end = scores.Length; end > 0;)
        {
            int start = end;
            long tied = 0; // positives with this score
            while (start > 0 && scores[start - 1] == scores[end - 1])
                tied += isPositive[--start] ? 1 : 0;
            long tiedNegatives = end - start - tied;
            twiceArea += tiedNegatives * (2 * above + tied);
            above += tied;
            negativesAbove += tiedNegatives;
            precisions += tied * ((double)above / (above + negativesAbove));
            end = start;
        }
        return (twiceArea / (2.0 * positives * negatives), precisions / positives);
    }
}
