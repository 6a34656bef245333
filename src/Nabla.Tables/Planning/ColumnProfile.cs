using System.Text;

namespace Nabla.Tables;

/// <summary>What the cells of one column look like: collected row by row, before its kind is decided.</summary>
internal sealed class ColumnProfile(string name, MissingMarkers markers)
{
    /// <summary>The most different texts that are told apart.</summary>
    public const int MaxDistinct = 10_000;

    /// <summary>A column without a date in so many texts is not searched for dates any longer.</summary>
    private const int SearchedForDates = 1_000;

    /// <summary>A column without the same number twice among so many is taken to have none.</summary>
    private const int ComparedNumbers = 1 << 20;

    private static readonly Dictionary<string, int> NoTexts = [];

    // Most columns are of one kind, and a table can have a column for each two bytes of its text: nothing is created before it is needed.
    // Numbers that each format reads: a plain number without a point is the same in all of them.
    private Values? whole, pointed, withPoint, withComma;
    private Values[]? dates; // by DateOrder
    private OtherCells[]? otherNumbers; // by NumberFormat
    private OtherCells[]? otherDates; // by DateOrder
    private Dictionary<string, int>? counts;
    private Dictionary<string, int>? markersAmongTexts;
    private HashSet<double>? differing = IdentifierName.IsLikely(name) ? [] : null; // null if a number is there twice
    private int searchedForDates;

    public string Name => name;

    /// <summary>Cells with a value, if words such as "none" are values.</summary>
    public int Present { get; private set; }

    /// <summary>Cells without one.</summary>
    public int Missing { get; private set; }

    /// <summary>Cells that are missing among numbers and dates, and a text elsewhere.</summary>
    public int MissingAmongNumbers { get; private set; }

    /// <summary>How often each text occurs; null if there are more than <see cref="MaxDistinct"/>.</summary>
    public IReadOnlyDictionary<string, int>? Counts => HasTooMany ? null : counts ?? NoTexts;

    public bool HasTooMany { get; private set; }

    /// <summary>Markers that were read as missing, e.g. NA, and how often.</summary>
    public IReadOnlyDictionary<string, int> Markers => markersAmongTexts ?? NoTexts;

    public bool HasTimes { get; private set; }

    /// <summary>The first date that differs between orders of day and month; null if there is none.</summary>
    public string? FirstAmbiguousDate { get; private set; }

    /// <summary>The first date whose year has two digits; null if there is none.</summary>
    public string? FirstShortYear { get; private set; }

    public int LeadingZeros { get; private set; }

    /// <summary>Whether the column is called as identifiers are, and all its numbers differ.</summary>
    public bool HasIdentifiers => differing is not null;

    /// <summary>Bytes of all texts.</summary>
    public long TextLength { get; private set; }

    /// <summary>The first text.</summary>
    public string FirstText { get; private set; } = "";

    /// <summary>The first number that is not plain; null if all are.</summary>
    public string? FirstDecorated { get; private set; }

    /// <summary>The first plain number that can also be one with groups of digits: 1.234; null if there is none.</summary>
    public string? FirstGrouped { get; private set; }

    /// <summary>Whether a number has groups of digits, or can have them: 1.234.</summary>
    public bool HasGroups => withComma is not null;

    /// <summary>How the column reads as numbers of a format.</summary>
    public ColumnReading As(NumberFormat format) => new(
        format switch
        {
            NumberFormat.Plain => Values.Of(whole, pointed),
            NumberFormat.DecimalPoint => Values.Of(whole, pointed, withPoint),
            _ => Values.Of(whole, withComma),
        },
        otherNumbers?[(int)format] ?? OtherCells.None);

    /// <summary>How the column reads as dates.</summary>
    public ColumnReading As(DateOrder order) => new(dates?[(int)order] ?? Values.None, otherDates?[(int)order] ?? OtherCells.None);

    /// <summary>Whether a text is a missing value if the column holds numbers.</summary>
    public bool IsMissingAmongNumbers(string text) => markers.ContainAmongNumbers(Encoding.UTF8.GetBytes(text));

    /// <summary>Collects a cell.</summary>
    public void Add(ReadOnlySpan<byte> cell, bool isTyped, TableRow row)
    {
        if (NumberText.Read(cell, NumberFormat.Plain, markers, out double value) == CellState.Value)
        {
            Present++;
            CountText(cell);
            AddPlain(cell, value, isTyped, row);
        }
        else if (markers.Contain(cell))
        {
            Missing++;
            MissingAmongNumbers++;
            if (!cell.IsEmpty)
                Count(markersAmongTexts ??= new(StringComparer.Ordinal), Encoding.UTF8.GetString(cell));
        }
        else
        {
            Present++;
            CountText(cell);
            if (markers.ContainAmongNumbers(cell))
                MissingAmongNumbers++;
            else if (!TryAddDecorated(cell, row))
                AddDate(cell, row);
        }
    }

    private void AddPlain(ReadOnlySpan<byte> cell, double value, bool isTyped, TableRow row)
    {
        foreach (var others in otherDates ?? [])
            others.Add(cell, row);
        if (differing is { Count: < ComparedNumbers } && !differing.Add(value))
            differing = null;
        int point = cell.IndexOf((byte)'.');
        if (point < 0 && NumberText.HasLeadingZero(cell))
            LeadingZeros++;
        if (point < 0)
            (whole ??= new()).Add(value);
        else
            (pointed ??= new()).Add(value);
        // 1.234 can be a number with a decimal comma, and 1.5 cannot.
        if (point >= 0 && cell.Length - point == 4 && !isTyped && NumberText.TryParse(cell, NumberFormat.DecimalComma, out value))
        {
            (withComma ??= new()).Add(value);
            FirstGrouped ??= Encoding.UTF8.GetString(cell);
        }
        else if (point >= 0)
        {
            OtherNumbers(NumberFormat.DecimalComma).Add(cell, row);
        }
    }

    private bool TryAddDecorated(ReadOnlySpan<byte> cell, TableRow row)
    {
        OtherNumbers(NumberFormat.Plain).Add(cell, row);
        bool hasPoint = TryAdd(cell, NumberFormat.DecimalPoint, ref withPoint, row);
        bool hasComma = TryAdd(cell, NumberFormat.DecimalComma, ref withComma, row);
        if (hasPoint || hasComma)
            FirstDecorated ??= Encoding.UTF8.GetString(cell);
        return hasPoint || hasComma;
    }

    private bool TryAdd(ReadOnlySpan<byte> cell, NumberFormat format, ref Values? values, TableRow row)
    {
        bool isNumber = NumberText.TryParseFinite(cell, format, out double value);
        if (isNumber)
            (values ??= new()).Add(value);
        else
            OtherNumbers(format).Add(cell, row);
        return isNumber;
    }

    private void AddDate(ReadOnlySpan<byte> cell, TableRow row)
    {
        dates ??= [new(), new(), new()];
        if (++searchedForDates > SearchedForDates && Array.TrueForAll(dates, date => date.Count == 0))
            return;
        if (otherDates is null)
        {
            int numbers = As(NumberFormat.Plain).Count;
            otherDates = [new(numbers), new(numbers), new(numbers)];
        }
        Span<DateTime> read = stackalloc DateTime[dates.Length];
        for (int order = 0; order < dates.Length; order++)
        {
            if (DateText.TryParse(cell, (DateOrder)order, out read[order], out bool hasTime))
            {
                dates[order].Add(read[order].Ticks);
                HasTimes |= hasTime;
            }
            else
            {
                otherDates[order].Add(cell, row);
            }
        }
        var (month, day) = (read[(int)DateOrder.MonthDayYear], read[(int)DateOrder.DayMonthYear]);
        if (FirstAmbiguousDate is null && month != default && day != default && month != day)
            FirstAmbiguousDate = Encoding.UTF8.GetString(cell);
        if (FirstShortYear is null && month.Year + day.Year > 2 && DateText.HasShortYear(cell))
            FirstShortYear = Encoding.UTF8.GetString(cell);
    }

    private void CountText(ReadOnlySpan<byte> cell)
    {
        TextLength += cell.Length;
        if (FirstText.Length == 0)
            FirstText = Encoding.UTF8.GetString(cell);
        if (HasTooMany)
            return;
        counts ??= new(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[256];
        if (cell.Length > buffer.Length)
        {
            Count(counts, Encoding.UTF8.GetString(cell));
        }
        else
        {
            int length = Encoding.UTF8.GetChars(cell, buffer);
            var texts = counts.GetAlternateLookup<ReadOnlySpan<char>>();
            texts[buffer[..length]] = texts.TryGetValue(buffer[..length], out int count) ? count + 1 : 1;
        }
        if (counts.Count > MaxDistinct)
        {
            HasTooMany = true;
            counts.Clear();
        }
    }

    private OtherCells OtherNumbers(NumberFormat format) => (otherNumbers ??= [new(), new(), new()])[(int)format];

    private static void Count(Dictionary<string, int> counts, string text) =>
        counts[text] = counts.TryGetValue(text, out int count) ? count + 1 : 1;
}
