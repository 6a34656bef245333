using System.Globalization;

namespace Nabla.Tables;

/// <summary>
/// Names of classes. They keep the spelling of the training data. Only if all of them are plain numbers, 1 and 1.0 are the same class: a
/// number that begins with 0, such as 01, is not plain.
/// </summary>
internal static class ClassName
{
    /// <summary>Reads a plain number, below 2^53: greater ones that differ can be the same in double precision.</summary>
    public static bool TryParse(string name, out double number)
    {
        number = 0;
        bool isCode = name.Length > 1 && name.TrimStart('-', '+') is ['0', >= '0' and <= '9', ..];
        return !isCode && double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && Math.Abs(number) < PlainNumber.MostExact;
    }

    /// <summary>The position of each number; null unless all names are plain numbers.</summary>
    /// <remarks>Of equal numbers, the first counts.</remarks>
    public static Dictionary<double, int>? Numbers(IReadOnlyList<string> names)
    {
        var numbers = new Dictionary<double, int>();
        for (int i = 0; i < names.Count; i++)
        {
            if (!TryParse(names[i], out double number))
                return null;
            numbers.TryAdd(number, i);
        }
        return names.Count > 0 ? numbers : null;
    }

    /// <summary>The classes that some spellings name: in the order of numbers if all are plain numbers, else of code points.</summary>
    public static string[] Classes(IEnumerable<string> spellings)
    {
        string[] all = [.. spellings.Order(StringComparer.Ordinal)];
        if (Array.Exists(all, name => !TryParse(name, out _)))
            return all;
        return [.. all.GroupBy(NumberOf).OrderBy(group => group.Key).Select(group => group.MinBy(name => name.Length)!)];
    }

    private static double NumberOf(string name) => TryParse(name, out double number) ? number : double.NaN;
}
