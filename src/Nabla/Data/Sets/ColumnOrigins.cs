namespace Nabla;

/// <summary>Finds the columns of doubles whose differences would be lost if their values were rounded to floats.</summary>
/// <param name="columns">Values of a row, at least 1.</param>
internal sealed class ColumnOrigins(int columns)
{
    /// <summary>The share of a column's range by which rounding may move a value.</summary>
    private const double Noticeable = 1.0 / 4096;

    private readonly double[] least = Filled(columns, double.PositiveInfinity);
    private readonly double[] most = Filled(columns, double.NegativeInfinity);
    private readonly double[] moved = new double[columns];
    private readonly double[] first = new double[columns];
    private int found; // values of the first row

    /// <summary>What to subtract from each column before rounding: its first value where differences would be lost, otherwise 0.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="columns">Values of a row, at least 1.</param>
    public static double[] Find(ReadOnlySpan<double> values, int columns)
    {
        var origins = new ColumnOrigins(columns);
        origins.Add(values);
        return origins.Find();
    }

    /// <summary>Looks at further rows.</summary>
    /// <param name="values">[rows, columns].</param>
    public void Add(ReadOnlySpan<double> values)
    {
        if (found == 0)
        {
            found = Math.Min(columns, values.Length);
            values[..found].CopyTo(first);
        }
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % columns;
            least[column] = Math.Min(least[column], values[i]);
            most[column] = Math.Max(most[column], values[i]);
            moved[column] = Math.Max(moved[column], Math.Abs(values[i] - (float)values[i]));
        }
    }

    /// <summary>The origins of the rows so far.</summary>
    public double[] Find()
    {
        var origins = new double[columns];
        for (int column = 0; column < found; column++)
        {
            if (moved[column] > Noticeable * (most[column] - least[column]))
                origins[column] = first[column];
        }
        return origins;
    }

    private static double[] Filled(int length, double value)
    {
        var values = new double[length];
        Array.Fill(values, value);
        return values;
    }
}
