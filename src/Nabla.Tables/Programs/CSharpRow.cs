using System.Globalization;
using System.Security;

namespace Nabla.Tables;

/// <summary>
/// A row of a table in a C# program: a class with a property for each column, and what makes features of it, with the same bits as
/// <see cref="TableEncoding"/>.
/// </summary>
internal sealed class CSharpRow
{
    // What the class has from object, and its own name.
    private static readonly string[] Taken =
        ["Row", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "ReferenceEquals"];

    private readonly TableEncoding encoding;
    private readonly string[] properties;

    private CSharpRow(TableEncoding encoding)
    {
        this.encoding = encoding;
        properties = Names(encoding);
    }

    /// <summary>Members of the program's class: the class Row, and the function FeaturesOf.</summary>
    /// <param name="encoding">How the columns become features.</param>
    public static string Write(TableEncoding encoding) => new CSharpRow(encoding).Write();

    private string Write() => $$"""


            /// <summary>A row of the table. What is not set is missing, and so are texts that the training data did not have.</summary>
            public sealed class Row
            {
        {{string.Join("\n\n", encoding.Columns.Zip(properties, Property))}}
            }

            private static double[] FeaturesOf(Row row)
            {
                var features = new double[Features];
        {{string.Join('\n', Assignments())}}
                return features;
            }
        {{string.Concat(encoding.Columns.Select(column => column.Kind).Distinct().Select(Function))}}
        """;

    private static string Property(ColumnEncoding column, string name)
    {
        string title = SecurityElement.Escape(ProgramText.Escaped(column.Name))!;
        return column switch
        {
            NumberEncoding => $$"""
                        /// <summary>{{title}}: a number; NaN if it is missing.</summary>
                        public double {{name}} { get; set; } = double.NaN;
                """,
            CategoryEncoding => $$"""
                        /// <summary>{{title}}: a text, spelled as in the training data; null if it is missing.</summary>
                        public string? {{name}} { get; set; }
                """,
            _ => $$"""
                        /// <summary>{{title}}: a date, or a date with a time; null if it is missing.</summary>
                        public DateTime? {{name}} { get; set; }
                """,
        };
    }

    private IEnumerable<string> Assignments()
    {
        int start = 0;
        foreach (var (column, name) in encoding.Columns.Zip(properties))
        {
            string features = $"features.AsSpan({start}, {column.Width}), row.{name}";
            yield return "            " + column switch
            {
                NumberEncoding number =>
                    $"Number({features}, {ProgramText.Quoted(number.Name)}, {Number(number.Origin)}, {Number(number.Fill)});",
                CategoryEncoding category => $"Category({features}, {string.Join(", ", category.Categories.Select(ProgramText.Quoted))});",
                DateEncoding date => $"Date({features}, {date.First.DayNumber}, {string.Join(", ", date.Fill.ToArray().Select(Number))});",
                _ => throw new InvalidOperationException($"A column of {column.Kind} has no C# form."),
            };
            start += column.Width;
        }
    }

    private static string Number(float value) => CSharpActivationCode.Number(value);

    private static string Number(double value) => CSharpActivationCode.Number(value);

    private string Function(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => $$"""

                private static void Number(Span<double> features, double value, string column, double origin, float fill)
                {
                    bool isMissing = double.IsNaN(value){{string.Concat(Markers().Select(marker => $" || value == {Number(marker)}"))}};
            {{Beyond}}
                    features[0] = isMissing ? fill : (float)(value - origin);
                    if (features.Length > 1)
                        features[1] = isMissing ? 1 : 0;
                }

            """,
        ColumnKind.Category => """

                private static void Category(Span<double> features, string? value, params string[] categories)
                {
                    int i = Array.IndexOf(categories, value?.Trim());
                    if (i >= 0 && categories.Length == 2)
                        features[0] = i == 0 ? -1 : 1;
                    else if (i >= 0)
                        features[i] = 1;
                }

            """,
        _ => """

                private static void Date(Span<double> features, DateTime? value, int firstDay, params float[] fill)
                {
                    for (int i = 0; i < fill.Length; i++)
                        features[i] = fill[i];
                    if (value is not { } date)
                    {
                        if (features.Length > fill.Length)
                            features[fill.Length] = 1;
                        return;
                    }
                    features[0] = date.Year;
                    features[1] = date.Month;
                    features[2] = date.Day;
                    features[3] = date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;
                    features[4] = date.DayOfYear;
                    features[5] = (date.Date - DateTime.MinValue).Days - firstDay;
                    if (fill.Length > 6)
                        features[6] = (float)date.TimeOfDay.TotalHours;
                }

            """,
    };

    private string Beyond => encoding.InvalidCells == InvalidCellHandling.Missing
        ? "        isMissing |= Math.Abs(value) > float.MaxValue;"
        : """
                    if (!isMissing && Math.Abs(value) > float.MaxValue)
                        throw new ArgumentException($"{column}: {value} is not finite, or beyond a float's range (3.4e38).");
            """;

    /// <summary>Numbers that stand for a missing value, such as -99.</summary>
    private IEnumerable<double> Markers()
    {
        foreach (string marker in encoding.MissingMarkers ?? [])
        {
            if (double.TryParse(marker, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                && number.ToString("R", CultureInfo.InvariantCulture) == marker)
            {
                yield return number;
            }
        }
    }

    /// <summary>A name for each column: different ones, and none that the class has already.</summary>
    private static string[] Names(TableEncoding encoding)
    {
        var taken = new HashSet<string>(Taken, StringComparer.Ordinal);
        return [.. encoding.Columns.Select(column =>
        {
            string name = ProgramText.Identifier(column.Name, "Column"), unique = name;
            for (int number = 2; !taken.Add(unique); number++)
                unique = $"{name}{(char.IsAsciiDigit(name[^1]) ? "_" : "")}{number}";
            return unique;
        })];
    }
}
