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
    private const int LongestLabel = 7; // characters, for which there is room

    // Beyond it, the length of an axis overflows. What differs by less than this share of the values cannot be told apart.
    private const double Largest = 1e300, LeastShare = 1e-12;

    /// <summary>The title, with the number that labels leave out because they would be too long.</summary>
    public string Caption
    {
        get
        {
            var (_, first, step) = FindTicks();
            string origin = (first * step).ToString("G15", CultureInfo.InvariantCulture);
            return Title.Length > 0 && IsShortened ? $"{Title}, less {origin}" : Title;
        }
    }

    /// <summary>An axis that holds values, with round numbers at its ends.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="fromZero">Whether it begins at 0.</param>
    public static Axis Around(string title, IEnumerable<double> values, bool fromZero = false)
    {
        double[] finite =
        [
            .. values.Where(value => Math.Abs(value) <= Largest).Select(value => Math.Abs(value) < 1 / Largest ? 0 : value),
        ];
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
        if (fromZero)
            (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (high - low <= LeastLength(low, high))
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
    public static Axis Whole(string title, int low, int high) => new(title, low, Math.Max(high, low + 1.0), IsWhole: true);

    /// <summary>From 0 to 1.</summary>
    public static Axis Share(string title) => new(title, 0, 1);

    /// <summary>Where a value stands, from 0 at the beginning to 1 at the end.</summary>
    public double Place(double value) => IsLogarithmic
        ? Math.Log10(value / Low) / Math.Log10(High / Low)
        : (value - Low) / (High - Low);

    /// <summary>Whether a value can be drawn.</summary>
    public bool Holds(double value) => double.IsFinite(value) && (!IsLogarithmic || value > 0) && Place(value) is >= -1e-9 and <= 1 + 1e-9;

    /// <summary>Round numbers and their labels. If <see cref="Caption"/> says so, labels are differences from the first number.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks()
    {
        if (IsLogarithmic)
            return Powers();
        var (count, first, step) = FindTicks();
        double origin = IsShortened ? first : 0;
        string[] labels = Labels(count, first - origin, step);
        return [.. labels.Index().Select(tick => ((first + tick.Index) * step, tick.Item))];
    }

    private bool IsShortened
    {
        get
        {
            var (count, first, step) = FindTicks();
            return !IsLogarithmic && Labels(count, first, step).Any(label => label.Length > LongestLabel);
        }
    }

    /// <summary>The ticks are whole multiples of a step. Their numbers may be far beyond those of an int.</summary>
    private (int Count, double First, double Step) FindTicks()
    {
        double step = Math.Max(StepOf(Math.Max(High - Low, LeastLength(Low, High))), IsWhole ? 1 : 0);
        double first = Math.Ceiling(Low / step - 1e-9);
        return ((int)(Math.Floor(High / step + 1e-9) - first) + 1, first, step);
    }

    private static double LeastLength(double low, double high) =>
        Math.Max(Math.Max(Math.Abs(low), Math.Abs(high)) * LeastShare, 1 / Largest);

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

    /// <summary>Labels in a common format, with as many digits as tell them apart.</summary>
    private static string[] Labels(int count, double first, double step)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (first + i) * step)];
        double largest = values.DefaultIfEmpty(0).Max(Math.Abs);
        if (largest is >= 1e7 or (> 0 and < 1e-4))
        {
            int exponent = PowerOf(largest);
            return Format(values, Math.Pow(10, exponent), Math.Max(0, exponent - PowerOf(step)), $"e{exponent}");
        }
        return largest >= 10_000 && step >= 1000
            ? Format(values, 1000, 0, "k")
            : Format(values, 1, Math.Max(0, -PowerOf(step)), "");
    }

    private static string[] Format(double[] values, double unit, int decimals, string suffix) => Array.ConvertAll(
        values, value => value == 0 ? "0" : (value / unit).ToString($"F{decimals}", CultureInfo.InvariantCulture) + suffix);

    // Whole, although the logarithm of 0.001 may be a little below -3.
    private static int PowerOf(double value) => (int)Math.Floor(Math.Log10(value) + 1e-9);
}
