namespace Nabla;

/// <summary>Counts of labels and predictions of each class, and the metrics that follow from them. Immutable.</summary>
internal sealed class ClassCounts
{
    private readonly int[] support;   // examples of each class
    private readonly int[] predicted; // examples predicted as each class
    private readonly int[] correct;   // both
    private readonly int count;       // examples

    public ClassCounts(ClassScores scores)
    {
        (support, predicted, correct) = (new int[scores.Classes], new int[scores.Classes], new int[scores.Classes]);
        count = scores.Count;
        for (int i = 0; i < scores.Count; i++)
        {
            int label = scores.Labels[i], prediction = scores.Predictions[i];
            support[label]++;
            if (prediction == ClassScores.NoClass)
                continue;
            predicted[prediction]++;
            if (prediction == label)
                correct[label]++;
        }
    }

    /// <summary>Number of classes that occur among the labels.</summary>
    public int Occurring => support.Count(examples => examples > 0);

    /// <summary>The mean recall of the classes that occur among the labels.</summary>
    public Figure BalancedAccuracy => count == 0
        ? Figure.Undefined(ModelReport.NoExamples)
        : new(Enumerable.Range(0, support.Length).Where(number => support[number] > 0).Average(Recall));

    /// <summary>Means over the classes that occur among labels or predictions.</summary>
    public ClassAverages Macro
    {
        get
        {
            int[] classes = [.. Enumerable.Range(0, support.Length).Where(number => support[number] + predicted[number] > 0)];
            return Averages(number => 1.0 / classes.Length, classes);
        }
    }

    /// <summary>Means over classes, each weighted by its number of examples.</summary>
    public ClassAverages Weighted => Averages(
        number => (double)support[number] / count, [.. Enumerable.Range(0, support.Length).Where(number => support[number] > 0)]);

    public int Support(int number) => support[number];

    public int Predicted(int number) => predicted[number];

    public double Precision(int number) => Ratio(correct[number], predicted[number]);

    public double Recall(int number) => Ratio(correct[number], support[number]);

    public double F1(int number) => Ratio(2.0 * correct[number], (double)support[number] + predicted[number]);

    private ClassAverages Averages(Func<int, double> weight, int[] classes) => classes.Length == 0
        ? new(double.NaN, double.NaN, double.NaN)
        : new(
            classes.Sum(number => weight(number) * Precision(number)), classes.Sum(number => weight(number) * Recall(number)),
            classes.Sum(number => weight(number) * F1(number)));

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
