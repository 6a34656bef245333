using System.Globalization;
using Nabla.Tables;

namespace Nabla.Explain;

/// <summary>Values of a column that occur in data, as features and as text.</summary>
internal static class ColumnValues
{
    /// <summary>A value, and a row that has it.</summary>
    /// <param name="Row">Number of the row.</param>
    /// <param name="Text">The value as text.</param>
    /// <param name="Number">The value as a number, or a date as its day number; null for a category.</param>
    public readonly record struct Found(int Row, string Text, double? Number);

    /// <summary>Up to so many values: the most frequent categories, or quantiles of numbers and dates. Missing ones are left out.</summary>
    /// <param name="column">How the column is encoded.</param>
    /// <param name="inputs">[rows, features].</param>
    /// <param name="start">The first feature of the column.</param>
    /// <param name="most">The most values.</param>
    public static IReadOnlyList<Found> Find(ColumnEncoding column, FeatureTable inputs, int start, int most) =>
        column is CategoryEncoding category ? Categories(category, inputs, start, most) : Quantiles(column, inputs, start, most);

    /// <summary>The value of a column in a row as text; null if it is missing or unknown.</summary>
    /// <param name="column">How the column is encoded.</param>
    /// <param name="features">The features of the column, [width].</param>
    public static string? TextOf(ColumnEncoding column, ReadOnlySpan<float> features)
    {
        if (column is NumberEncoding number)
            return ValueOf(column, features) is null ? null : Digits(number.Origin, features[0]);
        if (column is not CategoryEncoding category)
            return ValueOf(column, features)?.Text;
        int position = PositionOf(features, category.Categories.Count);
        return position < 0 ? null : category.Categories[position];
    }

    /// <summary>A sum with as many decimals as its parts have. The distance has the digits of a float.</summary>
    private static string Digits(double origin, float distance)
    {
        if (origin == 0)
            return distance.ToString(CultureInfo.InvariantCulture);
        double value = origin + distance;
        int decimals = Math.Max(
            Decimals(origin.ToString(CultureInfo.InvariantCulture)), Decimals(distance.ToString(CultureInfo.InvariantCulture)));
        return Math.Round(value, decimals).ToString(CultureInfo.InvariantCulture);
    }

    private static int Decimals(string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? Math.Min(15, (int)value.Scale) : 0;

    private static Found[] Categories(CategoryEncoding column, FeatureTable inputs, int start, int most)
    {
        var rows = new List<int>[column.Categories.Count];
        for (int row = 0; row < inputs.Rows; row++)
        {
            int position = PositionOf(inputs.FloatRow(row).Slice(start, column.Width), column.Categories.Count);
            if (position >= 0)
                (rows[position] ??= []).Add(row);
        }
        return
        [
            .. rows.Index().Where(category => category.Item is not null).OrderByDescending(category => category.Item.Count).Take(most)
                .Select(category => new Found(category.Item[0], column.Categories[category.Index], null)),
        ];
    }

    /// <summary>The number of a category; -1 if it is missing or unknown.</summary>
    private static int PositionOf(ReadOnlySpan<float> features, int categories) =>
        categories == 2 ? features[0] switch { < 0 => 0, > 0 => 1, _ => -1 } : features.IndexOf(1f);

    private static Found[] Quantiles(ColumnEncoding column, FeatureTable inputs, int start, int most)
    {
        var values = new List<Found>();
        for (int row = 0; row < inputs.Rows; row++)
        {
            if (ValueOf(column, inputs.FloatRow(row).Slice(start, column.Width)) is { } value)
                values.Add(new Found(row, value.Text, value.Number));
        }
        Found[] sorted = [.. values.OrderBy(value => value.Number)];
        if (sorted.Length == 0)
            return [];
        var grid = Enumerable.Range(0, most).Select(i => sorted[(int)((long)i * (sorted.Length - 1) / Math.Max(1, most - 1))]);
        return [.. grid.DistinctBy(value => value.Number)];
    }

    /// <returns>Null if the value is missing.</returns>
    private static (string Text, double Number)? ValueOf(ColumnEncoding column, ReadOnlySpan<float> features)
    {
        if (column is NumberEncoding number)
        {
            double value = number.Origin + features[0];
            return number.MarksMissing && features[1] == 1 ? null : (value.ToString("G6", CultureInfo.InvariantCulture), value);
        }
        var date = (DateEncoding)column;
        if (date.MarksMissing && features[^1] == 1)
            return null;
        int day = date.First.DayNumber + (int)features[5];
        return day < DateOnly.MinValue.DayNumber || day > DateOnly.MaxValue.DayNumber
            ? null
            : (DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day);
    }
}
