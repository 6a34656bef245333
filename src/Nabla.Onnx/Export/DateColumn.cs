using Nabla.Tables;

namespace Nabla.Onnx;

/// <summary>A column of dates, given as days since 1970-01-01: the parts of the date by whole-number arithmetic.</summary>
internal sealed class DateColumn
{
    private const double FirstDay = -719162; // 0001-01-01
    private const double EndDay = 2932897; // the day after 9999-12-31

    private readonly GraphBuilder graph;
    private readonly string input;

    private DateColumn(GraphBuilder graph, string input)
    {
        this.graph = graph;
        this.input = input;
    }

    /// <summary>Adds the column.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="column">How it becomes features.</param>
    /// <param name="input">The name of its days, [N, 1], doubles.</param>
    /// <param name="invalidIsMissing">
    /// Whether days beyond the years 1 to 9999 count as missing. If not, the feature that counts days is NaN.
    /// </param>
    /// <returns>The names of its features: the parts of the date, and a mark where the model has it.</returns>
    public static IEnumerable<string> Add(GraphBuilder graph, DateEncoding column, string input, bool invalidIsMissing) =>
        new DateColumn(graph, input).Features(column, invalidIsMissing);

    private IEnumerable<string> Features(DateEncoding column, bool invalidIsMissing)
    {
        string notBefore = Node("GreaterOrEqual", "isNotBefore", input, graph.Constant($"{input}.firstDay", FirstDay));
        string valid = Node("And", "isValid", notBefore, Node("Less", "isBefore", input, graph.Constant($"{input}.endDay", EndDay)));
        string missing = invalidIsMissing ? Node("Not", "isMissing", valid) : Node("IsNaN", "isMissing", input);
        string time = Node("Where", "time", valid, input, graph.Constant($"{input}.anyTime", 0.0));
        string wholeDays = graph.Node("Floor", $"{input}.wholeDays", [time]);
        string dayNumber = Plus("dayNumber", graph.Cast($"{input}.unixDay", wholeDays, OnnxElementType.Int64), -(long)FirstDay);
        var (year, month, day) = Civil(dayNumber);
        string days = Plus("days", dayNumber, -column.First.DayNumber);
        string[] parts = [year, month, day, Weekday(dayNumber), DayOfYear(dayNumber, year), days];
        List<string> floats = [.. parts.Select(part => graph.Cast($"{part}.float", part, OnnxElementType.Float))];
        floats[^1] = Node("Where", "days.checked", valid, floats[^1], graph.Constant($"{input}.invalid", float.NaN));
        if (column.HasTimes)
            floats.Add(Hours(time, wholeDays));
        string fill = graph.Constant($"{input}.fill", column.Fill, 1, column.Fill.Length);
        yield return Node("Where", "filled", missing, fill, TableInput.Concat(graph, $"{input}.parts", floats));
        if (column.MarksMissing)
            yield return graph.Cast($"{input}.mark", missing, OnnxElementType.Float);
    }

    /// <summary>Year, month and day in the Gregorian calendar. Years of this arithmetic begin in March: a leap day is the last.</summary>
    /// <param name="dayNumber">Days since 0001-01-01.</param>
    private (string Year, string Month, string Day) Civil(string dayNumber)
    {
        const int DaysBefore = 306; // from 0000-03-01
        const int DaysOf400Years = 146097;
        string since = Plus("sinceMarch", dayNumber, DaysBefore);
        string era = Div("era", since, DaysOf400Years);
        string dayOfEra = Minus("dayOfEra", since, Times("era.days", era, DaysOf400Years));
        string leapless = Minus("leapless.1", dayOfEra, Div("leapDays", dayOfEra, 1460));
        leapless = Node("Add", "leapless.2", leapless, Div("centuries", dayOfEra, 36524));
        leapless = Minus("leapless.3", leapless, Div("lastDay", dayOfEra, 146096));
        string yearOfEra = Div("yearOfEra", leapless, 365);
        string days = Node("Add", "yearOfEra.all", Times("yearOfEra.days", yearOfEra, 365), Div("yearOfEra.leap", yearOfEra, 4));
        string dayFromMarch = Minus("dayFromMarch", dayOfEra, Minus("yearOfEra.exact", days, Div("yearOfEra.century", yearOfEra, 100)));
        string monthFromMarch = Div("monthFromMarch", Plus("month.scaled", Times("month.five", dayFromMarch, 5), 2), 153);
        string monthStart = Div("monthStart", Plus("monthStart.scaled", Times("monthStart.days", monthFromMarch, 153), 2), 5);
        string day = Plus("day", Minus("day.fromZero", dayFromMarch, monthStart), 1);
        // Months 10 and 11 from March are January and February of the next year.
        string turned = Div("isNextYear", monthFromMarch, 10);
        string month = Minus("month", Plus("month.fromMarch", monthFromMarch, 3), Times("month.turned", turned, 12));
        string marchYear = Node("Add", "marchYear", Times("era.years", era, 400), yearOfEra);
        return (Node("Add", "year", marchYear, turned), month, day);
    }

    private string Weekday(string dayNumber) // 0001-01-01 is a Monday
    {
        string rest = Minus("weekday.fromZero", dayNumber, Times("weekday.past", Div("weekday.weeks", dayNumber, 7), 7));
        return Plus("weekday", rest, 1);
    }

    /// <summary>1 on January 1.</summary>
    private string DayOfYear(string dayNumber, string year)
    {
        string past = Plus("pastYears", year, -1);
        string days = Node("Add", "pastYears.leap", Times("pastYears.days", past, 365), Div("pastYears.fourths", past, 4));
        days = Minus("pastYears.centuries", days, Div("pastYears.hundredths", past, 100));
        days = Node("Add", "pastYears.all", days, Div("pastYears.eras", past, 400));
        return Plus("dayOfYear", Minus("dayOfYear.fromZero", dayNumber, days), 1);
    }

    private string Hours(string time, string wholeDays)
    {
        string fraction = Node("Sub", "dayFraction", time, wholeDays);
        string hours = Node("Mul", "hours", fraction, graph.Constant($"{input}.hoursOfDay", 24.0));
        return graph.Cast($"{input}.hours.float", hours, OnnxElementType.Float);
    }

    private string Plus(string name, string number, long constant) =>
        Node("Add", name, number, graph.Constant($"{input}.{name}.plus", constant));

    private string Times(string name, string number, long factor) =>
        Node("Mul", name, number, graph.Constant($"{input}.{name}.times", factor));

    private string Div(string name, string number, long divisor) =>
        Node("Div", name, number, graph.Constant($"{input}.{name}.by", divisor));

    private string Minus(string name, string left, string right) => Node("Sub", name, left, right);

    private string Node(string operation, string name, params IReadOnlyList<string> arguments) =>
        graph.Node(operation, $"{input}.{name}", arguments);
}
