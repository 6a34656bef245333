using System.Globalization;
using System.Text;

namespace Nabla.Tables;

/// <summary>Reads dates, with or without a time of day.</summary>
internal static class DateText
{
    private const int Longest = 40;

    private static readonly string[] Times = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt"];

    /// <summary>Reads a date.</summary>
    /// <param name="field">The text in UTF-8: 2024-05-31, 5/31/2024 14:30, 31.05.24, 31 May 2024, 2024-05-31T14:30:00Z.</param>
    /// <param name="order">How it is written. A month that is a name may stand on either side of the day.</param>
    /// <param name="date">The date, and the time if there is one; a time zone is left out.</param>
    /// <param name="hasTime">Whether there is a time.</param>
    public static bool TryParse(ReadOnlySpan<byte> field, DateOrder order, out DateTime date, out bool hasTime)
    {
        date = default;
        hasTime = false;
        if (field.Length is < 6 or > Longest)
            return false;
        Span<char> buffer = stackalloc char[Longest];
        if (!Encoding.UTF8.TryGetChars(field, buffer, out int length))
            return false;
        ReadOnlySpan<char> text = buffer[..length].Trim();
        Span<Range> parts = stackalloc Range[3];
        if (!Divide(text, parts, out int end) || !TryDate(text, parts, order, out date))
            return false;
        var rest = text[end..].TrimStart("T ,");
        if (rest.IsEmpty)
            return true;
        hasTime = true;
        if (!TimeOnly.TryParseExact(WithoutZone(rest), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return false;
        date += time.ToTimeSpan();
        return true;
    }

    /// <summary>Whether the year of a date has two digits: before a time, it has no group of four.</summary>
    public static bool HasShortYear(ReadOnlySpan<byte> date)
    {
        int digits = 0;
        foreach (byte b in date)
        {
            if (b == ':')
                break;
            digits = char.IsAsciiDigit((char)b) ? digits + 1 : 0;
            if (digits == 4)
                return false;
        }
        return true;
    }

    /// <summary>Divides year, month and day, which are separated by the same kind of character.</summary>
    private static bool Divide(ReadOnlySpan<char> text, Span<Range> parts, out int end)
    {
        end = 0;
        for (int part = 0; part < 3; part++)
        {
            int start = end;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]) && !(part == 2 && text[end] == 'T'))
                end++;
            if (end == start)
                return false;
            parts[part] = start..end;
            if (part == 2)
                return true;
            int separators = end;
            while (end < text.Length && text[end] is '-' or '/' or '.' or ' ' or ',')
                end++;
            if (end - separators is < 1 or > 2)
                return false;
        }
        return false;
    }

    private static bool TryDate(ReadOnlySpan<char> text, ReadOnlySpan<Range> parts, DateOrder order, out DateTime date)
    {
        date = default;
        ReadOnlySpan<char> first = text[parts[0]], second = text[parts[1]], third = text[parts[2]];
        int month = MonthOf(first);
        if (month > 0)
            return order != DateOrder.YearMonthDay && TryDate(YearOf(third), month, NumberOf(second), out date);
        month = MonthOf(second);
        if (month > 0)
        {
            return first.Length == 4
                ? order == DateOrder.YearMonthDay && TryDate(YearOf(first), month, NumberOf(third), out date)
                : order != DateOrder.YearMonthDay && TryDate(YearOf(third), month, NumberOf(first), out date);
        }
        return order switch
        {
            DateOrder.YearMonthDay => first.Length == 4 && TryDate(YearOf(first), NumberOf(second), NumberOf(third), out date),
            DateOrder.MonthDayYear => TryDate(YearOf(third), NumberOf(first), NumberOf(second), out date),
            _ => TryDate(YearOf(third), NumberOf(second), NumberOf(first), out date),
        };
    }

    private static bool TryDate(int year, int month, int day, out DateTime date)
    {
        bool exists = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateTime(year, month, day) : default;
        return exists;
    }

    /// <summary>A year of two digits is one from 1969 to 2068, as POSIX has it; -1 if it is not a year.</summary>
    private static int YearOf(ReadOnlySpan<char> part) => (part.Length, NumberOf(part)) switch
    {
        (4, var year) => year,
        (2, >= 0 and var year) => year + (year < 69 ? 2000 : 1900),
        _ => -1,
    };

    private static int NumberOf(ReadOnlySpan<char> part) =>
        part.Length <= 4 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    private static int MonthOf(ReadOnlySpan<char> part)
    {
        if (part.Length < 3 || !char.IsAsciiLetter(part[0]))
            return 0;
        for (int month = 1; month <= 12; month++)
        {
            string name = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);
            if (part.Equals(name, StringComparison.OrdinalIgnoreCase) || part.Equals(name.AsSpan(0, 3), StringComparison.OrdinalIgnoreCase))
                return month;
        }
        return 0;
    }

    /// <summary>The time without Z or an offset such as +02:00.</summary>
    private static ReadOnlySpan<char> WithoutZone(ReadOnlySpan<char> time)
    {
        int zone = time.IndexOfAny("Z+-");
        return zone > 0 ? time[..zone].TrimEnd() : time;
    }
}
