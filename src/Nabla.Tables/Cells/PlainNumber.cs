using System.Globalization;

namespace Nabla.Tables;

/// <summary>Reads numbers as C# writes them.</summary>
internal static class PlainNumber
{
    /// <summary>Whole numbers up to this one are exact in double precision: 2^53.</summary>
    public const ulong MostExact = 1UL << 53;

    /// <summary>So many digits fit in 64 bits, whatever they are.</summary>
    private const int MostDigits = 19;

    /// <summary>Powers of ten that are exact in double precision.</summary>
    private static readonly double[] Powers =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19];

    /// <summary>Reads a number, rounded to the nearest double.</summary>
    /// <param name="field">The text in UTF-8.</param>
    /// <param name="value">The number; possibly infinite or not a number.</param>
    public static bool TryParse(ReadOnlySpan<byte> field, out double value) =>
        TryParseShort(field, out value)
        || double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        || (!field.IsEmpty && IsInfinity(field, out value));

    /// <summary>
    /// Reads digits with at most a sign and a point. If the digits without the point and the power of ten are both exact, so is their
    /// quotient but for one rounding (Clinger, How to read floating point numbers accurately, 1990).
    /// </summary>
    private static bool TryParseShort(ReadOnlySpan<byte> field, out double value)
    {
        value = 0;
        bool isNegative = !field.IsEmpty && field[0] == '-';
        int start = isNegative ? 1 : 0, point = -1;
        ulong digits = 0;
        if (field.Length - start is 0 or > MostDigits)
            return false;
        for (int i = start; i < field.Length; i++)
        {
            uint digit = (uint)field[i] - '0';
            if (digit <= 9)
                digits = digits * 10 + digit;
            else if (field[i] == '.' && point < 0)
                point = i;
            else
                return false;
        }
        int decimals = point < 0 ? 0 : field.Length - point - 1;
        if (digits > MostExact || point == field.Length - 1 || point == start)
            return false;
        value = digits / Powers[decimals];
        if (isNegative)
            value = -value;
        return true;
    }

    private static bool IsInfinity(ReadOnlySpan<byte> field, out double value)
    {
        bool isNegative = field[0] == '-';
        value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return System.Text.Ascii.EqualsIgnoreCase(field.TrimStart("+-"u8), "inf");
    }
}
