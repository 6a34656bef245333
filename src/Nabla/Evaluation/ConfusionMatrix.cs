namespace Nabla;

/// <summary>
/// How many examples of each class are predicted as each class. Only counts above 0 are stored, so that thousands of classes need little
/// memory. Immutable.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly long[] cells; // label * classes + prediction, ascending: the cells whose count is not 0
    private readonly int[] counts; // of these cells

    internal ConfusionMatrix(ClassScores scores)
    {
        ClassNames = scores.Names;
        int classes = scores.Classes;
        var all = new List<long>(scores.Count);
        for (int i = 0; i < scores.Count; i++)
        {
            if (scores.Predictions[i] != ClassScores.NoClass)
                all.Add((long)scores.Labels[i] * classes + scores.Predictions[i]);
        }
        all.Sort();
        var groups = all.CountBy(cell => cell).ToArray();
        cells = Array.ConvertAll(groups, group => group.Key);
        counts = Array.ConvertAll(groups, group => group.Value);
    }

    /// <summary>The name of each class: of rows and columns.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of examples of one class that are predicted as another, or as the same.</summary>
    /// <param name="label">Number of the class to which the examples belong.</param>
    /// <param name="predicted">Number of the class as which they are predicted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int this[int label, int predicted]
    {
        get
        {
            RequireClass(label, nameof(label));
            RequireClass(predicted, nameof(predicted));
            int place = Array.BinarySearch(cells, (long)label * ClassNames.Count + predicted);
            return place < 0 ? 0 : counts[place];
        }
    }

    /// <summary>The counts above 0, row by row.</summary>
    public IEnumerable<(int Label, int Predicted, int Count)> Counts =>
        cells.Zip(counts, (cell, count) => ((int)(cell / ClassNames.Count), (int)(cell % ClassNames.Count), count));

    /// <inheritdoc/>
    public override string ToString() => $"Confusion matrix of {ClassNames.Count} classes, {counts.Sum()} examples";

    private void RequireClass(int number, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, ClassNames.Count, name);
    }
}
