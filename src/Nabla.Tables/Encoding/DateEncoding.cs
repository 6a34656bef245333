namespace Nabla.Tables;

/// <summary>
/// A column of dates: the year, the month, the day of the month, the weekday (Monday is 1), the day of the year, the days since the first
/// date of the training data, and the hour where there are times. A last feature is 1 where the date is missing, if the training data
/// missed any.
/// </summary>
/// <inheritdoc/>
public sealed class DateEncoding : ColumnEncoding
{
    private static readonly string[] Parts = ["year", "month", "day", "weekday", "day of year", "days"];

    private readonly float[] fill;

    /// <summary>Creates an encoding.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="order">How its dates are written.</param>
    /// <param name="first">The day from which days are counted.</param>
    /// <param name="hasTimes">Whether there is a feature for the hour.</param>
    /// <param name="fill">The features of a missing date: a number for each, without the one for missing dates.</param>
    /// <param name="marksMissing">Whether there is a feature for missing dates.</param>
    /// <exception cref="ArgumentException">There are more or fewer values to fill in than features.</exception>
    public DateEncoding(string name, DateOrder order, DateOnly first, bool hasTimes, ReadOnlySpan<float> fill, bool marksMissing)
        : base(name, Names(name, hasTimes, marksMissing))
    {
        if (fill.Length != CountNumbers(hasTimes))
            throw new ArgumentException($"{fill.Length} values are given for {CountNumbers(hasTimes)} features of a date.", nameof(fill));
        Order = order;
        First = first;
        HasTimes = hasTimes;
        MarksMissing = marksMissing;
        this.fill = fill.ToArray();
    }

    /// <summary>How the dates are written.</summary>
    public DateOrder Order { get; }

    /// <summary>The day from which days are counted.</summary>
    public DateOnly First { get; }

    /// <summary>Whether there is a feature for the hour.</summary>
    public bool HasTimes { get; }

    /// <summary>Whether there is a feature for missing dates.</summary>
    public bool MarksMissing { get; }

    /// <summary>The features of a missing date.</summary>
    public ReadOnlySpan<float> Fill => fill;

    /// <inheritdoc/>
    public override ColumnKind Kind => ColumnKind.Date;

    internal override int Numbers => fill.Length;

    /// <summary>How many numbers a date becomes.</summary>
    internal static int CountNumbers(bool hasTimes) => Parts.Length + (hasTimes ? 1 : 0);

    internal override CellState Encode(ReadOnlySpan<byte> cell, bool isTyped, MissingMarkers markers, Span<float> features)
    {
        if (!DateText.TryParse(cell, isTyped ? DateOrder.YearMonthDay : Order, out var date, out _))
        {
            fill.CopyTo(features);
            if (MarksMissing)
                features[^1] = 1;
            return markers.ContainAmongNumbers(cell) ? CellState.Missing : CellState.Invalid;
        }
        features[0] = date.Year;
        features[1] = date.Month;
        features[2] = date.Day;
        features[3] = date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
        features[4] = date.DayOfYear;
        features[5] = DateOnly.FromDateTime(date).DayNumber - First.DayNumber;
        if (HasTimes)
            features[6] = (float)date.TimeOfDay.TotalHours;
        return CellState.Value;
    }

    internal override DateEncoding WithFill(ReadOnlySpan<float> values) => new(Name, Order, First, HasTimes, values, MarksMissing);

    private static string[] Names(string name, bool hasTimes, bool marksMissing)
    {
        IEnumerable<string> names = Parts.Select(part => $"{name}.{part}");
        if (hasTimes)
            names = names.Append($"{name}.hour");
        return [.. marksMissing ? names.Append($"{name} is missing") : names];
    }
}
