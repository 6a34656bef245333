using System.Globalization;
using System.Text;

namespace Nabla.Tables;

/// <summary>What the text of a field means.</summary>
internal static class CsvValue
{
    /// <summary>The largest magnitude up to which a double is exact as a whole number.</summary>
    private const double LargestExact = 1L << 53;

    private static readonly string[] Markers = ["NA", "N/A", "NaN", "null", "?"];

    /// <summary>What stands for a missing value: nothing, white space, or a marker in any case.</summary>
    public static string MissingMarkers { get; } = "empty, " + string.Join(", ", Markers);

    /// <summary>Whether the value is missing.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> field)
    {
        if (!field.IsEmpty && char.IsAsciiDigit((char)field[0]))
            return false; // Most fields of most tables.
        field = field.Trim(" \t\r\n"u8);
        if (field.Length > 4)
            return false;
        foreach (string marker in Markers)
        {
            if (Ascii.EqualsIgnoreCase(field, marker))
                return true;
        }
        return field.IsEmpty;
    }

    /// <summary>Whether the field is a number, possibly infinite; its nearest float.</summary>
    public static bool TryParse(ReadOnlySpan<byte> field, out float value)
    {
        if (float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        ReadOnlySpan<byte> magnitude = field.TrimStart("+-"u8);
        value = float.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(magnitude, "inf");
    }

    /// <summary>Whether the field is a whole number (1, -3, 2.0), and so can name a class.</summary>
    public static bool TryParseWhole(ReadOnlySpan<byte> field, out long value)
    {
        if (long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return true;
        bool isWhole = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && Math.Abs(number) <= LargestExact && Math.Floor(number) == number;
        value = isWhole ? (long)number : 0;
        return isWhole;
    }

    /// <summary>Whether the text is a whole number in its shortest form.</summary>
    public static bool IsWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && NameOf(value) == text;

    /// <summary>The name of a class that is a whole number.</summary>
    public static string NameOf(long value) => value.ToString(CultureInfo.InvariantCulture);
}
