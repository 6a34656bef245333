namespace Nabla.Comparisons;

/// <summary>The least time that one kind of work took at each width, and how smoothly it grows with the width.</summary>
/// <param name="title">Name of the work.</param>
/// <param name="weights">Number of weights at a width.</param>
internal sealed class WidthTimes(string title, Func<int, double> weights)
{
    /// <summary>The widest width to report.</summary>
    public const int Widest = 260;

    // One width more than is reported, so that the last has a neighbour too. The least time is the least disturbed one.
    private readonly double[] seconds = [.. Enumerable.Repeat(double.PositiveInfinity, Widest + 2)];

    public string Title => title;

    public void Record(int width, double time) => seconds[width] = Math.Min(seconds[width], time);

    /// <summary>Nanoseconds per weight.</summary>
    public double PerWeight(int width) => seconds[width] * 1e9 / weights(width);

    /// <summary>Time per weight over the mean of both neighbours; undefined for the narrowest width.</summary>
    public double ToBoth(int width) => PerWeight(width) / ((PerWeight(width - 1) + PerWeight(width + 1)) / 2);

    /// <summary>Time per weight over that of one neuron less.</summary>
    public double ToNarrower(int width) => PerWeight(width) / PerWeight(width - 1);

    /// <summary>Widths with two neighbours, largest ratio first.</summary>
    public IEnumerable<int> WorstFirst => Enumerable.Range(2, Widest - 1).OrderByDescending(ToBoth);

    /// <summary>The width with the largest ratio to the next narrower one.</summary>
    public int SteepestStep => Enumerable.Range(2, Widest - 1).MaxBy(ToNarrower);
}
