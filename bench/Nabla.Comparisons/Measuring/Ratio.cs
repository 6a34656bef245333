using System.Globalization;

namespace Nabla.Comparisons;

/// <summary>How a ratio stands in a table: above 1 Nabla is better, and what falls short is marked.</summary>
internal static class Ratio
{
    /// <summary>The ratio, with "loss" where a peer is better, "below goal" where Nabla is better but not by as much as it is to be.</summary>
    public static string Text(double ratio, double goal = 1)
    {
        string mark = ratio < 1 ? " loss" : ratio < goal ? " below goal" : "";
        return ratio.ToString("0.00", CultureInfo.InvariantCulture) + mark;
    }

    /// <summary>The same for a limit of Nabla's own, where no peer could win.</summary>
    public static string OfLimit(double limit, double measured) =>
        (limit / measured).ToString("0.00", CultureInfo.InvariantCulture) + (measured > limit ? " below goal" : "");
}
