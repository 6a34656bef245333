using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>The order of texts in which digits count as numbers: 2 comes before 10.</summary>
internal static partial class NaturalOrder
{
    /// <summary>Compares two texts.</summary>
    public static Comparer<string> Comparer { get; } = Comparer<string>.Create((a, b) => FirstDifference(a, b).Order);

    /// <summary>Whether the first difference of two texts is that of two numbers.</summary>
    public static bool DifferInNumber(string a, string b) => FirstDifference(a, b) is { Order: not 0, IsNumber: true };

    private static (int Order, bool IsNumber) FirstDifference(string a, string b)
    {
        // Texts and numbers in turn, a text first.
        string[] left = Digits().Split(a), right = Digits().Split(b);
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            bool isNumber = ulong.TryParse(left[i], out ulong m) & ulong.TryParse(right[i], out ulong n);
            int order = isNumber ? m.CompareTo(n) : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
                return (order, isNumber);
        }
        return (left.Length.CompareTo(right.Length), false);
    }

    [GeneratedRegex("([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
