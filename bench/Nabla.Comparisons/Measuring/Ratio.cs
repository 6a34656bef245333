using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>Formats a ratio for a table: above 1 Nabla is better; losses and missed goals are marked.</summary>
internal static class Ratio
{
    /// <summary>The ratio, followed by "below goal" if it misses the goal, or by "loss" if it is below 1 where the goal is not.</summary>
    public static string Text(double ratio, double goal)
    {
        string mark = ratio >= goal ? "" : ratio < 1 && goal >= 1 ? " loss" : " below goal";
        return ratio.ToString("0.00", CultureInfo.InvariantCulture) + mark;
    }

    /// <summary>The same for a limit that Nabla sets itself, without a peer.</summary>
    public static string ToLimit(double limit, double measured) =>
        (limit / measured).ToString("0.00", CultureInfo.InvariantCulture) + (measured > limit ? " below goal" : "");
}
