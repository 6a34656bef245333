using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>Formats a ratio for a table: above 1 Nabla is better; losses and missed goals are marked.</summary>
internal static class Ratio
{
    /// <summary>The ratio, followed by "loss" if a peer is better, or by "below goal" if Nabla is better but misses the goal.</summary>
    public static string Text(double ratio, double goal = 1)
    {
        string mark = ratio < 1 ? " loss" : ratio < goal ? " below goal" : "";
        return ratio.ToString("0.00", CultureInfo.InvariantCulture) + mark;
    }

    /// <summary>The same for a limit that Nabla sets itself, without a peer.</summary>
    public static string ToLimit(double limit, double measured) =>
        (limit / measured).ToString("0.00", CultureInfo.InvariantCulture) + (measured > limit ? " below goal" : "");
}
