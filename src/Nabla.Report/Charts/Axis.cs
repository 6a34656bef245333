using System.Globalization;

namespace Nabla.Report;

/// <summary>One axis of a chart: a title, a range and its ticks.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends, above <paramref name="Low"/>.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios; both ends are above 0 then.</param>
/// <param name="IsWhole">Whether only whole numbers have a tick.</param>
internal sealed record Axis(string Title, double Low, double High, bool IsLogarithmic = false, bool IsWhole = false)
{
    private const int MostTicks = 6;

    /// <summary>An axis that holds values, with round numbers at its ends.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="fromZero">Whether it begins at 0.</param>
    public static Axis Around(string title, IEnumerable<double> values, bool fromZero = false)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
        if (fromZero)
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (low == high)
            (low, high) = (low - (low == 0 ? 0 : Math.Abs(low) / 10), high + (high == 0 ? 1 : Math.Abs(high) / 10));
        double step = StepOf(high - low);
        return new Axis(title, Math.Floor(low / step) * step, Math.Ceiling(high / step) * step);
    }

    /// <summary>A logarithmic axis that holds values, with powers of 10 at its ends. Those that are not above 0 are left out.</summary>
    public static Axis Logarithmic(string title, IEnumerable<double> values)
    {
        double[] usable = [.. values.Where(value => double.IsFinite(value) && value > 0)];
        double low = Math.Floor(Math.Log10(usable.DefaultIfEmpty(1).Min()));
        double high = Math.Ceiling(Math.Log10(usable.DefaultIfEmpty(1).Max()));
        return new Axis(title, Math.Pow(10, low), Math.Pow(10, high > low ? high : low + 1), IsLogarithmic: true);
    }

    /// <summary>Whole numbers, such as epochs.</summary>
    public static Axis Whole(string title, int low, int high) => new(title, low, Math.Max(high, low + 1), IsWhole: true);

    /// <summary>From 0 to 1.</summary>
    public static Axis Share(string title) => new(title, 0, 1);

    /// <summary>Where a value stands, from 0 at the beginning to 1 at the end.</summary>
    public double Place(double value) => IsLogarithmic
        ? Math.Log10(value / Low) / Math.Log10(High / Low)
        : (value - Low) / (High - Low);

    /// <summary>Whether a value can be drawn.</summary>
    public bool Holds(double value) => double.IsFinite(value) && (!IsLogarithmic || value > 0) && Place(value) is >= -1e-9 and <= 1 + 1e-9;

    /// <summary>Round numbers and their labels.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks()
    {
        if (IsLogarithmic)
            return Powers();
        double step = Math.Max(StepOf(High - Low), IsWhole ? 1 : 0);
        int first = (int)Math.Ceiling(Low / step - 1e-9), last = (int)Math.Floor(High / step + 1e-9);
        return [.. Enumerable.Range(first, last - first + 1).Select(i => (i * step, Label(i * step, step)))];
    }

    private (double, string)[] Powers()
    {
        int low = (int)Math.Round(Math.Log10(Low)), high = (int)Math.Round(Math.Log10(High));
        int stride = Math.Max(1, (high - low + MostTicks - 1) / MostTicks);
        return
        [
            .. Enumerable.Range(low, high - low + 1).Where(power => (power - low) % stride == 0).Select(power => (
                Math.Pow(10, power),
                power is >= -3 and <= 3 ? Math.Pow(10, power).ToString("0.###", CultureInfo.InvariantCulture) : $"1e{power}")),
        ];
    }

    /// <summary>1, 2 or 5 times a power of 10, so that there are at most six steps.</summary>
    private static double StepOf(double range)
    {
        double least = range / MostTicks, power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double factor = least / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    private static string Label(double value, double step)
    {
        if (Math.Abs(value) < step / 1e6)
            return "0";
        double magnitude = Math.Abs(value);
        if (magnitude is >= 1e7 or < 1e-4)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        if (magnitude >= 10_000 && step >= 1000)
            return (value / 1000).ToString("0.###'k'", CultureInfo.InvariantCulture);
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 6);
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
