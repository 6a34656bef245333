namespace Nabla;

/// <summary>What rounding to floats would do to a column of doubles.</summary>
/// <param name="First">The column's first value.</param>
/// <param name="LosesDifferences">Whether rounding moves a value by a noticeable share of the column's range.</param>
internal readonly record struct ColumnPrecision(double First, bool LosesDifferences)
{
    /// <summary>The share of the range by which a value may move.</summary>
    private const double Noticeable = 1.0 / 4096;

    /// <summary>Examines each column.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="columns">Values of a row.</param>
    public static ColumnPrecision[] Find(ReadOnlySpan<double> values, int columns)
    {
        var precision = new ColumnPrecision[columns];
        for (int column = 0; column < Math.Min(columns, values.Length); column++)
        {
            double least = double.PositiveInfinity, most = double.NegativeInfinity, moved = 0;
            for (int i = column; i < values.Length; i += columns)
            {
                least = Math.Min(least, values[i]);
                most = Math.Max(most, values[i]);
                moved = Math.Max(moved, Math.Abs(values[i] - (float)values[i]));
            }
            precision[column] = new(values[column], moved > Noticeable * (most - least));
        }
        return precision;
    }
}
