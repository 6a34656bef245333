namespace Nabla.Tables;

/// <summary>Reads numbers as people write them in tables.</summary>
internal static class NumberText
{
    private const int Longest = 64;

    // UTF-8 of characters beyond ASCII: no-break space, narrow and thin spaces, minus, dash, euro, pound, yen, apostrophe.
    private static readonly byte[][] Spaces = [[.. " "u8], [.. "\t"u8], [.. "\u00A0"u8], [.. "\u202F"u8], [.. "\u2009"u8]];
    private static readonly byte[][] Minuses = [[.. "-"u8], [.. "\u2212"u8], [.. "\u2013"u8]];
    private static readonly byte[][] Currencies = [[.. "$"u8], [.. "\u20AC"u8], [.. "\u00A3"u8], [.. "\u00A5"u8]];
    private static readonly byte[][] Apostrophes = [[.. "'"u8], [.. "\u2019"u8]];

    /// <summary>Reads a number.</summary>
    /// <param name="field">The text in UTF-8.</param>
    /// <param name="format">How it is written. A plain number without a point is a number in every format.</param>
    /// <param name="value">The number; possibly infinite or not a number.</param>
    public static bool TryParse(ReadOnlySpan<byte> field, NumberFormat format, out double value)
    {
        if (format == NumberFormat.Plain)
            return PlainNumber.TryParse(field, out value);
        if (format == NumberFormat.DecimalPoint && PlainNumber.TryParse(field, out value))
            return true;
        Span<byte> plain = stackalloc byte[Longest];
        int length = Simplify(field, format == NumberFormat.DecimalPoint ? (byte)'.' : (byte)',', plain);
        value = 0;
        return length > 0 && PlainNumber.TryParse(plain[..length], out value);
    }

    /// <summary>Reads a number that a float can hold.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, NumberFormat, out double)" path="/param"/>
    public static bool TryParseFinite(ReadOnlySpan<byte> field, NumberFormat format, out double value) =>
        TryParse(field, format, out value) && Math.Abs(value) <= float.MaxValue;

    /// <summary>Reads a cell of a column of numbers.</summary>
    /// <param name="cell">The text in UTF-8.</param>
    /// <param name="format">How numbers are written.</param>
    /// <param name="markers">What stands for a missing value; a number can be one, such as -99.</param>
    /// <param name="value">The number.</param>
    public static CellState Read(ReadOnlySpan<byte> cell, NumberFormat format, MissingMarkers markers, out double value)
    {
        value = 0;
        if (markers.HaveDigits && markers.Contain(cell))
            return CellState.Missing;
        if (TryParseFinite(cell, format, out value))
            return CellState.Value;
        return markers.ContainAmongNumbers(cell) ? CellState.Missing : CellState.Invalid;
    }

    /// <summary>Whether a whole number begins with a zero that is no digit of its value, as codes do: 007.</summary>
    public static bool HasLeadingZero(ReadOnlySpan<byte> field) =>
        field.Length > 1 && field[0] == '0' && field.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    /// <summary>Writes the number in its plain form.</summary>
    /// <returns>Its length; 0 if the text is not a number.</returns>
    private static int Simplify(ReadOnlySpan<byte> field, byte mark, Span<byte> plain)
    {
        if (field.Length >= Longest || !TakeSigns(ref field, out bool isNegative))
            return 0;
        int length = 0;
        if (isNegative)
            plain[length++] = (byte)'-';
        byte group = 0; // what separates groups of digits
        int digits = 0; // since the last group
        bool isGrouped = false, isFraction = false;
        while (!field.IsEmpty)
        {
            byte b = field[0];
            if (char.IsAsciiDigit((char)b))
            {
                plain[length++] = b;
                digits++;
                field = field[1..];
            }
            else if (b == mark && !isFraction && (!isGrouped || digits == 3))
            {
                plain[length++] = (byte)'.';
                (isFraction, isGrouped, digits) = (true, false, 1);
                field = field[1..];
            }
            else if (!isFraction && CanEndGroup(plain[..length], digits, isGrouped) && TakeGroup(ref field, mark, ref group))
            {
                (isGrouped, digits) = (true, 0);
            }
            else if (b is (byte)'e' or (byte)'E' && digits > 0 && !isGrouped)
            {
                // The plain reader judges what follows.
                field.CopyTo(plain[length..]);
                return length + field.Length;
            }
            else
            {
                return 0;
            }
        }
        return digits > 0 && (!isGrouped || digits == 3) ? length : 0;
    }

    /// <summary>Whether the digits so far can be followed by a group: three, or up to three at the beginning that are not 0.</summary>
    private static bool CanEndGroup(ReadOnlySpan<byte> plain, int digits, bool isGrouped) =>
        isGrouped ? digits == 3 : digits is >= 1 and <= 3 && plain[^digits] != '0';

    /// <summary>Takes away signs, currencies, percent and parentheses around the digits.</summary>
    private static bool TakeSigns(ref ReadOnlySpan<byte> field, out bool isNegative)
    {
        isNegative = false;
        bool isSigned = false;
        while (Take(ref field, Spaces) || TakeEnd(ref field, Spaces))
        {
        }
        if (field.StartsWith("("u8) && field.EndsWith(")"u8))
        {
            field = field[1..^1];
            isNegative = isSigned = true;
        }
        while (true)
        {
            if (Take(ref field, Minuses))
            {
                if (isSigned)
                    return false;
                isNegative = isSigned = true;
            }
            else if (field.StartsWith("+"u8) && !isSigned)
            {
                isSigned = true;
                field = field[1..];
            }
            else if (!Take(ref field, Spaces) && !Take(ref field, Currencies))
            {
                break;
            }
        }
        while (TakeEnd(ref field, Spaces) || TakeEnd(ref field, Currencies) || TakeEnd(ref field, "%"u8))
        {
        }
        return !field.IsEmpty;
    }

    private static bool TakeGroup(ref ReadOnlySpan<byte> field, byte mark, ref byte group)
    {
        byte first = field[0];
        if (group != 0 && first != group)
            return false;
        bool taken = Take(ref field, Spaces) || Take(ref field, Apostrophes)
            || (first is (byte)',' or (byte)'.' && first != mark && Skip(ref field));
        if (taken)
            group = first;
        return taken;
    }

    private static bool Skip(ref ReadOnlySpan<byte> field)
    {
        field = field[1..];
        return true;
    }

    private static bool Take(ref ReadOnlySpan<byte> field, byte[][] candidates)
    {
        foreach (byte[] candidate in candidates)
        {
            if (field.StartsWith(candidate))
            {
                field = field[candidate.Length..];
                return true;
            }
        }
        return false;
    }

    private static bool TakeEnd(ref ReadOnlySpan<byte> field, byte[][] candidates)
    {
        foreach (byte[] candidate in candidates)
        {
            if (TakeEnd(ref field, candidate))
                return true;
        }
        return false;
    }

    private static bool TakeEnd(ref ReadOnlySpan<byte> field, ReadOnlySpan<byte> end)
    {
        if (!field.EndsWith(end))
            return false;
        field = field[..^end.Length];
        return true;
    }
}
