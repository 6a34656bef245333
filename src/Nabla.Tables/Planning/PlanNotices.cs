namespace Nabla.Tables;

/// <summary>What a user is told about a plan without asking.</summary>
internal static class PlanNotices
{
    private const int ShownColumns = 6;

    public static IReadOnlyList<string> Of(Table table, ColumnDecision[] decisions)
    {
        var notices = new List<string>(table.Notices);
        if (LooksLikeData(table, decisions))
        {
            string first = string.Join(", ", table.Columns.Take(3).Select(RowLocation.Quote)) + (table.Columns.Count > 3 ? ", …" : "");
            notices.Add(
                $"The first line ({first}) looks like data, but is taken for column names. Use --no-header if the table has none.");
        }
        notices.AddRange(decisions.Where(decision => decision is { Kind: ColumnKind.Ignore, IsNotable: true })
            .Select(decision => $"{decision.Name} is left out: {decision.Reason}."));
        notices.AddRange(decisions.Where(decision => decision.Kind != ColumnKind.Ignore && decision.IsNotable)
            .Select(decision => $"{decision.Name}: {decision.Reason}."));
        AddDates(notices, decisions);
        AddMissing(notices, decisions);
        return notices;
    }

    /// <summary>Whether the names of all columns of numbers are numbers, as in a file without a header.</summary>
    private static bool LooksLikeData(Table table, ColumnDecision[] decisions) =>
        table.Source.HasHeader
        && decisions.Where(decision => decision.Profile.As(NumberFormat.Plain).Count * 2 > decision.Profile.Present).ToArray()
            is { Length: > 0 } numbers
        && numbers.All(decision => ClassName.TryParse(decision.Name, out _));

    private static void AddDates(List<string> notices, ColumnDecision[] decisions)
    {
        string[] dates = [.. decisions.Where(decision => decision.Encoding is DateEncoding).Select(decision => decision.Name)];
        if (dates.Length > 0)
        {
            notices.Add(
                $"{WordsOf(dates)} {(dates.Length == 1 ? "is a date, and becomes" : "are dates, and become")} year, "
                + "month, day, weekday, day of year and days since the first date.");
        }
    }

    private static void AddMissing(List<string> notices, ColumnDecision[] decisions)
    {
        ColumnDecision[] missing = [.. decisions.Where(decision => decision.Encoding is not null && decision.Missing > 0)];
        if (missing.Length == 0)
            return;
        int count = missing.Sum(decision => decision.Missing);
        notices.Add(
            $"{count} {(count == 1 ? "value is" : "values are")} missing, in "
            + WordsOf([.. missing.Select(decision => $"{decision.Name} ({decision.Missing})")]) + ": a missing number becomes the median, "
            + "with a feature that says so, and a missing category becomes none of the categories.");
        foreach (var decision in missing.Where(decision => decision.Kind == ColumnKind.Category && decision.Profile.Markers.Count > 0))
        {
            notices.Add(
                $"{decision.Name}: {RowLocation.List([.. decision.Profile.Markers.Keys])} means a missing value; --missing changes that.");
        }
    }

    private static string WordsOf(string[] names) => names.Length <= ShownColumns
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(ShownColumns))} and {names.Length - ShownColumns} more columns";
}
