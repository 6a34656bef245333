namespace Nabla;

/// <summary>ROC AUC and average precision of each class against the rest. Immutable.</summary>
internal sealed class ClassRankings
{
    private const int Positive = 1; // the class that is looked for if there are two

    private readonly ClassScores scores;
    private readonly (double RocAuc, double AveragePrecision)[] classes;

    public ClassRankings(ClassScores scores)
    {
        this.scores = scores;
        classes = new (double, double)[scores.Classes];
        var column = new double[scores.Count];
        var isPositive = new bool[scores.Count];
        for (int number = 0; number < classes.Length; number++)
        {
            if (scores.WhyNoScores is not null)
            {
                classes[number] = (double.NaN, double.NaN);
                continue;
            }
            for (int i = 0; i < column.Length; i++)
                (column[i], isPositive[i]) = (scores.Row(i)[number], scores.Labels[i] == number);
            classes[number] = Ranking.Measure(column, isPositive);
        }
    }

    /// <summary>Of the second of two classes; with more classes, the mean over those for which it is defined.</summary>
    public Figure RocAuc => Summarize(
        [.. classes.Select(value => value.RocAuc)],
        scores.Classes == 1 ? "there is only one class" : $"all examples belong to one class, {NameOfFirst}");

    /// <inheritdoc cref="RocAuc"/>
    public Figure AveragePrecision => Summarize(
        [.. classes.Select(value => value.AveragePrecision)], $"all examples belong to one class, {NameOfFirst}");

    /// <summary>The number of classes for which ROC AUC is defined.</summary>
    public int ClassesWithRocAuc => classes.Count(value => !double.IsNaN(value.RocAuc));

    public double RocAucOf(int number) => classes[number].RocAuc;

    public double AveragePrecisionOf(int number) => classes[number].AveragePrecision;

    private string NameOfFirst => scores.Count == 0 ? "" : scores.Names[scores.Labels[0]];

    private Figure Summarize(double[] values, string whyNone)
    {
        if (scores.WhyNoScores is { } why)
            return Figure.Undefined(why);
        double[] counted = [.. (values.Length == 2 ? [values[Positive]] : values).Where(value => !double.IsNaN(value))];
        return counted.Length == 0 ? Figure.Undefined(whyNone) : new(counted.Average());
    }
}
