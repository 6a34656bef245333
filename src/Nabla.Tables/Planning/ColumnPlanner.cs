namespace Nabla.Tables;

/// <summary>Decides what a column holds, and what becomes of it.</summary>
internal sealed class ColumnPlanner(Table table, TableOptions options, bool hasDecimalCommas)
{
    /// <summary>Up to so many different texts are categories, however few rows there are.</summary>
    private const int FewCategories = 20;

    /// <summary>Up to so many different whole numbers in a target are classes unless something else is asked for.</summary>
    private const int MaxWholeClasses = 20;

    private const int RowsOfClass = 3;

    /// <summary>In fewer rows, a value that occurs once may matter.</summary>
    private const int FewRows = 50;

    /// <summary>Texts of so many characters on average, most of them different, are sentences.</summary>
    private const int LengthOfSentence = 50;

    /// <summary>Whether a column has numbers that can have nothing but a decimal comma: 1,5.</summary>
    public static bool HasDecimalCommas(ColumnProfile profile)
    {
        int numbers = NumbersOf(profile);
        return numbers > 0 && profile.As(NumberFormat.DecimalComma).Count == numbers
            && profile.As(NumberFormat.DecimalPoint).Count < numbers;
    }

    /// <summary>Decides.</summary>
    /// <exception cref="InvalidInputException">The column cannot be used; the message says why.</exception>
    public ColumnDecision Decide(ColumnProfile profile, ColumnRole? role)
    {
        return role switch
        {
            null => new(profile, null, ColumnKind.Ignore, "not chosen as an input"),
            ColumnRole.Weight => NumberWithoutFeatures(profile, ColumnRole.Weight, BestFormat(profile)),
            ColumnRole.Target => DecideTarget(profile),
            _ => DecideInput(profile, options.Kinds.FirstOrDefault(pair => IsCalled(profile, pair.Key)) is { Key: not null } chosen
                ? chosen.Value
                : null),
        };
    }

    private static bool IsCalled(ColumnProfile profile, string name) =>
        profile.Name == name || LatinText.Compose(profile.Name) == LatinText.Compose(name);

    private static int NumbersOf(ColumnProfile profile) => profile.Present - (profile.MissingAmongNumbers - profile.Missing);

    private ColumnDecision DecideInput(ColumnProfile profile, ColumnKind? chosen)
    {
        switch (chosen)
        {
            case ColumnKind.Ignore:
                return new(profile, null, ColumnKind.Ignore, "left out on request");
            case ColumnKind.Category:
                return Category(profile, "chosen");
            case ColumnKind.Number:
                return Number(profile, BestFormat(profile), "chosen");
            case ColumnKind.Date:
                return Date(profile, BestOrder(profile), "chosen");
        }
        if (profile.Present == 0)
            return Ignored(profile, "all values are missing");
        if (profile.Counts is { Count: 1 } && profile.Missing == 0)
            return Ignored(profile, $"all values are {RowLocation.Quote(profile.Counts.Keys.First())}");
        // A single row teaches nothing about other rows, and its value would set the scale of the column.
        if (profile.Counts is { Count: 2 } two && profile.Missing == 0 && profile.Present >= FewRows && two.Values.Min() == 1)
            return Ignored(profile, $"all values but one are {RowLocation.Quote(two.MaxBy(pair => pair.Value).Key)}");
        int numbers = NumbersOf(profile);
        var format = BestFormat(profile);
        int read = profile.As(format).Count;
        if (read > 0 && read == numbers)
            return DecideNumber(profile, format);
        var order = BestOrder(profile);
        int dates = profile.As(order).Count;
        if (dates > 0 && dates == numbers)
            return Date(profile, order, "");
        bool areNumbers = read >= dates;
        if (Math.Max(read, dates) * 2 <= numbers || (areNumbers && AreCodes(profile, numbers - read)))
            return DecideText(profile, areNumbers && read * 2 > numbers ? profile.As(format) : null);
        return areNumbers ? Number(profile, format, "") : Date(profile, order, "");
    }

    /// <summary>Whether a few texts that are often no numbers are codes such as 0, 1, 2, 3+.</summary>
    private static bool AreCodes(ColumnProfile profile, int others) =>
        profile.Counts is { Count: <= FewCategories and var distinct } && distinct * RowsOfClass <= profile.Present
        && others * 20 > profile.Present;

    private ColumnDecision DecideNumber(ColumnProfile profile, NumberFormat format)
    {
        bool areWhole = profile.As(format).Values.AreWhole;
        if (areWhole && profile.HasIdentifiers && (format == NumberFormat.Plain || !profile.HasGroups))
            return Ignored(profile, "an identifier, by its name and because all values differ");
        if (profile.LeadingZeros > 0 && areWhole)
        {
            return profile.Counts is { Count: <= CategoryEncoding.MostCategories }
                ? Category(profile, "some begin with 0, as codes do") with { IsNotable = true }
                : Ignored(profile, $"codes that begin with 0, and more than {CategoryEncoding.MostCategories} different ones");
        }
        return Number(profile, format, "");
    }

    private static ColumnDecision DecideText(ColumnProfile profile, ColumnReading? numbers)
    {
        int? distinct = profile.Counts?.Count;
        if (distinct is null)
            return Ignored(profile, $"more than {ColumnProfile.MaxDistinct} different texts");
        if (distinct > FewCategories && distinct * 2 > profile.Present)
            return Ignored(profile, "names, identifiers or free text: most values differ");
        if (distinct > FewCategories && profile.TextLength > (long)LengthOfSentence * profile.Present && distinct * 5 > profile.Present)
            return Ignored(profile, "free text");
        if (numbers is not null)
        {
            return Category(profile, $"most values are numbers, but not {numbers.Others}") with { IsNotable = true };
        }
        return Category(profile, "");
    }

    private ColumnDecision DecideTarget(ColumnProfile profile)
    {
        int targets = options.Targets.Count;
        var kind = options.TargetKind;
        if (kind == TargetKind.Classes && targets > 1)
            throw Error($"{targets} targets are named, and classes stand in one column", "Name one target.");
        int numbers = NumbersOf(profile);
        if (profile.Present == 0)
            throw Error(profile.Name, "all values are missing", "Name another column as the target.");
        var format = BestFormat(profile);
        var reading = profile.As(format);
        bool areNumbers = reading.Count > 0 && reading.Count == numbers;
        // Among numbers, a word such as "none" or a point is a missing value and no class.
        string[]? classes = profile.Counts is { } counts
            ? ClassName.Classes(areNumbers ? counts.Keys.Where(text => !profile.IsMissingAmongNumbers(text)) : counts.Keys)
            : null;
        int distinct = classes?.Length ?? int.MaxValue;
        bool areFew = distinct <= 2 || (distinct <= MaxWholeClasses && distinct * RowsOfClass <= profile.Present);
        bool areWhole = reading.Values.AreWhole, areCodes = profile.LeadingZeros > 0 && areWhole;
        if (kind == TargetKind.Classes || (kind == TargetKind.Automatic && targets == 1 && (areNumbers
            ? areCodes || (areFew && areWhole)
            : areFew || reading.Count * 2 <= numbers)))
        {
            return Classes(profile, classes, areNumbers && !areWhole);
        }
        if (!areNumbers && options.InvalidCells == InvalidCellHandling.Error)
        {
            throw Error(
                profile.Name, $"{reading.Others} cannot be read as a number, and a value to predict must be one",
                "Correct the cells, treat them as missing values, or name a column of numbers.");
        }
        return NumberWithoutFeatures(profile, ColumnRole.Target, format);
    }

    private static ColumnDecision NumberWithoutFeatures(ColumnProfile profile, ColumnRole role, NumberFormat format)
    {
        string reason = FormatReason(profile, format);
        return new(profile, role, ColumnKind.Number, reason) { NumberFormat = format, IsNotable = reason.Length > 0 };
    }

    private ColumnDecision Classes(ColumnProfile profile, string[]? classes, bool areMeasurements)
    {
        const string remedy = "Name a column of classes as the target, texts or whole numbers; or predict values (regression).";
        if (classes is null)
            throw Error(profile.Name, $"it has more than {ColumnProfile.MaxDistinct} different values: these are not classes", remedy);
        if (areMeasurements && classes.Length > MaxWholeClasses)
            throw Error(profile.Name, $"it has {classes.Length} different numbers: these are measurements, not classes", remedy);
        return classes.Length != 1
            ? new(profile, ColumnRole.Target, ColumnKind.Category) { Classes = classes }
            : throw Error(
                profile.Name, $"all rows have the same class {RowLocation.Quote(classes[0])}", "Give examples of at least two classes.");
    }

    private static ColumnDecision Category(ColumnProfile profile, string reason)
    {
        if (profile.Counts is not { } counts)
            return Ignored(profile, $"more than {ColumnProfile.MaxDistinct} different texts");
        if (counts.Count == 0)
            return Ignored(profile, "all values are missing");
        IEnumerable<string> categories = counts.Keys;
        if (counts.Count > CategoryEncoding.MostCategories)
        {
            categories = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(CategoryEncoding.MostCategories).Select(pair => pair.Key);
            reason = $"the {CategoryEncoding.MostCategories} most frequent of {counts.Count} texts become features";
        }
        return new(profile, ColumnRole.Input, ColumnKind.Category, reason)
        {
            Encoding = new CategoryEncoding(profile.Name, [.. categories.Order(StringComparer.Ordinal)]),
            IsNotable = counts.Count > CategoryEncoding.MostCategories,
        };
    }

    private ColumnDecision Number(ColumnProfile profile, NumberFormat format, string reason)
    {
        var (values, others) = profile.As(format);
        if (others.Count > 0)
            RequireMissing(profile, others, "numbers");
        if (values.Count == 0)
            return Ignored(profile, "no value is a number");
        bool areInexact = values.AreWhole && Math.Max(values.Most, -values.Least) >= PlainNumber.MostExact;
        string rounded = areInexact ? "some whole numbers are beyond 2^53, and are rounded" : "";
        string notice = Join(FormatReason(profile, format), rounded, CountedAsMissing(others));
        return new(profile, ColumnRole.Input, ColumnKind.Number, notice.Length > 0 ? notice : reason)
        {
            Encoding = new NumberEncoding(
                profile.Name, format, OriginOf(values), float.NaN, marksMissing: profile.MissingAmongNumbers + others.Count > 0),
            NumberFormat = format,
            IsNotable = notice.Length > 0,
        };
    }

    private ColumnDecision Date(ColumnProfile profile, DateOrder order, string reason)
    {
        var (values, others) = profile.As(order);
        if (others.Count > 0)
            RequireMissing(profile, others, "dates");
        if (values.Count == 0)
            return Ignored(profile, "no value is a date");
        string notice = Join(OrderReason(profile, order), CountedAsMissing(others));
        var fill = new float[DateEncoding.CountNumbers(profile.HasTimes)];
        Array.Fill(fill, float.NaN);
        return new(profile, ColumnRole.Input, ColumnKind.Date, notice.Length > 0 ? notice : reason)
        {
            Encoding = new DateEncoding(
                profile.Name, order, DateOnly.FromDateTime(DateOf(values.Least)), profile.HasTimes, fill,
                marksMissing: profile.MissingAmongNumbers + others.Count > 0),
            DateOrder = order,
            IsNotable = notice.Length > 0,
        };
    }

    private static string Join(params string[] reasons) => string.Join("; ", reasons.Where(reason => reason.Length > 0));

    private static string CountedAsMissing(OtherCells others) => others.Count == 0
        ? ""
        : $"{others} could not be read, and {(others.Count == 1 ? "counts" : "count")} as missing";

    private void RequireMissing(ColumnProfile profile, OtherCells others, string what)
    {
        if (options.InvalidCells == InvalidCellHandling.Missing)
            return;
        throw Error(
            profile.Name,
            profile.Present > 2 * others.Count ? $"most values are {what}, but not {others}" : $"its values are no {what}: {others}",
            "Correct these cells; or treat them as missing (--invalid missing), or all values as categories (--columns NAME=category), or "
            + "leave the column out (--ignore NAME). In C#, TableOptions has the same choices.");
    }

    private NumberFormat BestFormat(ColumnProfile profile)
    {
        int plain = profile.As(NumberFormat.Plain).Count, point = profile.As(NumberFormat.DecimalPoint).Count;
        int comma = profile.As(NumberFormat.DecimalComma).Count;
        // Whole numbers read alike; in a table with decimal commas, 1.500 may follow.
        if (comma > point || (comma == point && comma > 0 && hasDecimalCommas))
            return NumberFormat.DecimalComma;
        return point > plain ? NumberFormat.DecimalPoint : NumberFormat.Plain;
    }

    /// <summary>Dates of numbers alone can often be read in two orders: with points the day comes first, with slashes the month.</summary>
    private static DateOrder BestOrder(ColumnProfile profile)
    {
        int year = profile.As(DateOrder.YearMonthDay).Count, month = profile.As(DateOrder.MonthDayYear).Count;
        int day = profile.As(DateOrder.DayMonthYear).Count;
        if (year >= Math.Max(month, day))
            return DateOrder.YearMonthDay;
        bool isDayFirst = day > month || (day == month && !profile.FirstText.Contains('/', StringComparison.Ordinal));
        return isDayFirst ? DateOrder.DayMonthYear : DateOrder.MonthDayYear;
    }

    private static string FormatReason(ColumnProfile profile, NumberFormat format)
    {
        string? text = profile.FirstDecorated ?? (format == NumberFormat.DecimalComma ? profile.FirstGrouped : null);
        if (format == NumberFormat.Plain || text is null)
            return "";
        NumberText.TryParse(System.Text.Encoding.UTF8.GetBytes(text), format, out double value);
        return $"{RowLocation.Quote(text)} is read as {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    /// <summary>How a date is read that could be another one: in the other order of month and day, or with a year of two digits.</summary>
    private static string OrderReason(ColumnProfile profile, DateOrder order)
    {
        bool isAmbiguous = order != DateOrder.YearMonthDay
            && profile.As(DateOrder.MonthDayYear).Count == profile.As(DateOrder.DayMonthYear).Count;
        string? doubtful = (isAmbiguous ? profile.FirstAmbiguousDate : null) ?? profile.FirstShortYear;
        return doubtful is not null && DateText.TryParse(System.Text.Encoding.UTF8.GetBytes(doubtful), order, out var date, out _)
            ? $"{RowLocation.Quote(doubtful)} is read as {date:d MMMM yyyy}; write dates as {date:yyyy-MM-dd} if that is wrong"
            : "";
    }

    private static ColumnDecision Ignored(ColumnProfile profile, string reason) =>
        new(profile, ColumnRole.Input, ColumnKind.Ignore, reason) { IsNotable = true };

    /// <summary>What to subtract before numbers become floats, so that differences stay: 0 if none would be lost.</summary>
    private static double OriginOf(Values values) => values.Rounding * 4096 > values.Most - values.Least ? values.First : 0;

    private static DateTime DateOf(double ticks) => new((long)ticks);

    private InvalidInputException Error(string why, string remedy) => table.Source.Header.Error(why, remedy);

    private InvalidInputException Error(string column, string why, string remedy) => table.Source.Header.Error(column, why, remedy);
}
