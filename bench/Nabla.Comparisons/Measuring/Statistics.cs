namespace Nabla.Comparisons;

/// <summary>Averages of measurements.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>NaN if there are no values.</summary>
    public static double GeometricMean(IEnumerable<double> values) =>
        Math.Exp(values.Select(value => Math.Log(value)).DefaultIfEmpty(double.NaN).Average());
}
