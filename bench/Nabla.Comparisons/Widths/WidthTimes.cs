namespace Nabla.Comparisons;

/// <summary>The least time that one kind of work took at each width, and how smoothly it grows.</summary>
/// <param name="title">What the work is.</param>
/// <param name="weights">How many weights a width has.</param>
internal sealed class WidthTimes(string title, Func<int, double> weights)
{
    /// <summary>Widths that are judged.</summary>
    public const int Widest = 260;

    // One more than is judged, so that the last has a neighbour too. The least of all times is the least disturbed.
    private readonly double[] seconds = [.. Enumerable.Repeat(double.PositiveInfinity, Widest + 2)];

    public string Title => title;

    public void Record(int width, double time) => seconds[width] = Math.Min(seconds[width], time);

    /// <summary>Nanoseconds for a weight.</summary>
    public double PerWeight(int width) => seconds[width] * 1e9 / weights(width);

    /// <summary>How many times the mean of its neighbours a width takes for a weight; the narrowest one has none below it.</summary>
    public double ToBoth(int width) => PerWeight(width) / ((PerWeight(width - 1) + PerWeight(width + 1)) / 2);

    /// <summary>How many times what one neuron less takes it takes for a weight.</summary>
    public double ToNarrower(int width) => PerWeight(width) / PerWeight(width - 1);

    /// <summary>Widths with two neighbours, the one that stands out most first.</summary>
    public IEnumerable<int> WorstFirst => Enumerable.Range(2, Widest - 1).OrderByDescending(ToBoth);

    /// <summary>The width that takes most beside the one below it.</summary>
    public int SteepestStep => Enumerable.Range(2, Widest - 1).MaxBy(ToNarrower);
}
