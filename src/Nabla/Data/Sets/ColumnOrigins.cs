namespace Nabla;

/// <summary>Finds the columns of doubles whose differences would be lost if their values were rounded to floats.</summary>
internal static class ColumnOrigins
{
    /// <summary>The share of a column's range by which rounding may move a value.</summary>
    private const double Noticeable = 1.0 / 4096;

    /// <summary>What to subtract from each column before rounding: its first value where differences would be lost, otherwise 0.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="columns">Values of a row, at least 1.</param>
    public static double[] Find(ReadOnlySpan<double> values, int columns)
    {
        double[] least = new double[columns], most = new double[columns], moved = new double[columns];
        Array.Fill(least, double.PositiveInfinity);
        Array.Fill(most, double.NegativeInfinity);
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % columns;
            least[column] = Math.Min(least[column], values[i]);
            most[column] = Math.Max(most[column], values[i]);
            moved[column] = Math.Max(moved[column], Math.Abs(values[i] - (float)values[i]));
        }
        var origins = new double[columns];
        for (int column = 0; column < Math.Min(columns, values.Length); column++)
        {
            if (moved[column] > Noticeable * (most[column] - least[column]))
                origins[column] = values[column];
        }
        return origins;
    }
}
