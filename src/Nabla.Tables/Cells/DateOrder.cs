namespace Nabla.Tables;

/// <summary>The order of year, month and day in the dates of a column.</summary>
public enum DateOrder
{
    /// <summary>2024-05-31.</summary>
    YearMonthDay,

    /// <summary>05/31/2024, or May 31, 2024.</summary>
    MonthDayYear,

    /// <summary>31.05.2024, or 31 May 2024.</summary>
    DayMonthYear,
}
