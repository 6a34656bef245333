using System.Globalization;

namespace Nabla.Explain;

/// <summary>How many values lie in each of several bins of equal width. Immutable.</summary>
/// <param name="Low">Where the first bin begins.</param>
/// <param name="High">Where the last bin ends; it includes this end.</param>
/// <param name="Counts">Values in each bin, at least one bin.</param>
public sealed record Histogram(double Low, double High, IReadOnlyList<long> Counts)
{
    /// <summary>The number of bins that <see cref="Create(ReadOnlySpan{float}, int)"/> uses by default.</summary>
    public const int DefaultBins = 40;

    /// <summary>The width of a bin.</summary>
    public double Width => (High - Low) / Counts.Count;

    /// <summary>Counts values. Those that are not finite are left out.</summary>
    /// <param name="values">The values.</param>
    /// <param name="bins">Bins, at least 1, from the smallest value to the largest.</param>
    public static Histogram Create(ReadOnlySpan<float> values, int bins = DefaultBins)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        var counts = new long[bins];
        if (low > high)
            return new Histogram(0, 1, counts);
        // Values that are all the same lie in the middle.
        if (low == high)
            (low, high) = (low - 0.5, high + 0.5);
        foreach (float value in values)
        {
            if (float.IsFinite(value))
                counts[Math.Min((int)((value - low) / (high - low) * bins), bins - 1)]++;
        }
        return new Histogram(low, high, counts);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Counts.Sum()} values from {Low:G4} to {High:G4} in {Counts.Count} bins");
}
