namespace Nabla.Tables;

/// <summary>Rows of a table in a Python program: a function that makes features of them, as <see cref="TableEncoding"/> does.</summary>
internal static class PythonRows
{
    private const string Features = """"
        def encode(rows):
            """The features of rows of the table: dicts with all columns, as csv.DictReader gives them. None and "" are missing values."""
            return np.array([features_of(row) for row in rows], np.float64)


        def features_of(row):
            return [x for name, features, *details in COLUMNS for x in features(name, row[name], *details)]


        def number(name, value, origin, fill, marks):
            x = read(name, value, parse_number)
            return [fill if x is None else f32(x - origin)] + [float(x is None)] * marks


        def category(name, value, *texts):
            text = "" if value is None else str(value).strip()
            if len(texts) == 2:
                return [-1.0 if text == texts[0] else float(text == texts[1])]
            return [float(text == known) for known in texts]


        def date(name, value, first, fill, marks):
            day = read(name, value, parse_date)
            if day is None:
                return fill + [1.0] * marks
            parts = [day.year, day.month, day.day, day.isoweekday(), day.timetuple().tm_yday, day.toordinal() - 1 - first]
            if len(fill) > len(parts):
                time = getattr(day, "time", datetime.time)()
                parts.append(f32(time.hour + time.minute / 60 + (time.second + time.microsecond / 1e6) / 3600))
            return parts + [0.0] * marks


        def parse_number(value):
            x = float(value)
            if not abs(x) <= np.finfo(f32).max:
                raise ValueError(f"{value!r} is not finite, or beyond a float's range (3.4e38)")
            return x


        def parse_date(value):
            return value if isinstance(value, datetime.date) else datetime.datetime.fromisoformat(str(value).strip())


        """";

    /// <summary>The function encode(rows), and what it uses.</summary>
    /// <param name="encoding">How the columns become features.</param>
    public static string Write(TableEncoding encoding) => $$""""

        # Texts that stand for a missing number or date.
        MISSING = {"", {{string.Join(", ", Missing(encoding))}}}


        {{Features}}def read(name, value, parse):
            """A number or a date; None if it is missing."""
            text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
            if value is None or value != value or text.strip().lower() in MISSING:
                return None
            try:
                return parse(value)
            except ValueError as error:
                {{OnInvalid(encoding)}}


        COLUMNS = [
        {{string.Concat(encoding.Columns.Select(Column))}}]


        """";

    private static string OnInvalid(TableEncoding encoding) => encoding.InvalidCells == InvalidCellHandling.Missing
        ? "return None"
        : "raise ValueError(f\"{name}: {error}\") from error";

    private static IEnumerable<string> Missing(TableEncoding encoding) => MissingMarkers.Of(encoding.MissingMarkers).AmongNumbers
        .Select(marker => marker.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Select(ProgramText.Quoted);

    private static string Column(ColumnEncoding column)
    {
        string name = ProgramText.Quoted(column.Name);
        return "    " + column switch
        {
            NumberEncoding number =>
                $"({name}, number, {Number(number.Origin)}, {Number(number.Fill)}, {Flag(number.MarksMissing)}),\n",
            CategoryEncoding category => $"({name}, category, {string.Join(", ", category.Categories.Select(ProgramText.Quoted))}),\n",
            DateEncoding date =>
                $"({name}, date, {date.First.DayNumber}, [{string.Join(", ", date.Fill.ToArray().Select(fill => Number(fill)))}], "
                + $"{Flag(date.MarksMissing)}),\n",
            _ => throw new InvalidOperationException($"A column of {column.Kind} has no Python form."),
        };
    }

    private static string Number(double value) => PythonActivationCode.Number(value);

    private static string Flag(bool value) => value ? "True" : "False";
}
