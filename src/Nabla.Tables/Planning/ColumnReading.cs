namespace Nabla.Tables;

/// <summary>How the cells of a column can be read in one way: which values they have, and which cells have none.</summary>
/// <param name="Values">The cells that can be read.</param>
/// <param name="Others">Those that cannot.</param>
internal sealed record ColumnReading(Values Values, OtherCells Others)
{
    /// <summary>How many cells can be read.</summary>
    public int Count => Values.Count;
}

/// <summary>The range of some numbers.</summary>
internal sealed class Values
{
    public int Count { get; private set; }

    public double First { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    /// <summary>The greatest distance of a number from its nearest float.</summary>
    public double Rounding { get; private set; }

    /// <summary>All numbers of several.</summary>
    public static Values Of(params ReadOnlySpan<Values> parts)
    {
        var all = new Values();
        foreach (var part in parts)
        {
            if (part.Count == 0)
                continue;
            if (all.Count == 0)
                all.First = part.First;
            all.Count += part.Count;
            all.Least = Math.Min(all.Least, part.Least);
            all.Most = Math.Max(all.Most, part.Most);
            all.Rounding = Math.Max(all.Rounding, part.Rounding);
        }
        return all;
    }

    public void Add(double value)
    {
        if (Count++ == 0)
            First = value;
        Least = Math.Min(Least, value);
        Most = Math.Max(Most, value);
        Rounding = Math.Max(Rounding, Math.Abs(value - (float)value));
    }
}

/// <summary>Cells that cannot be read in one way: how many, and the first few.</summary>
internal sealed class OtherCells
{
    private const int Kept = 4;

    private readonly List<(string Text, string Place)> first = [];

    public int Count { get; private set; }

    /// <summary>The first texts, each once.</summary>
    public IEnumerable<string> Texts => first.Select(cell => cell.Text).Distinct();

    public void Add(ReadOnlySpan<byte> cell, TableRow row)
    {
        if (Count++ < Kept)
            first.Add((System.Text.Encoding.UTF8.GetString(cell), row.Location.Short));
    }

    /// <summary>The first cells and their places: <c>"-" (line 3), "1.5cm" (line 7) and 2 more</c>.</summary>
    public override string ToString()
    {
        string shown = string.Join(", ", first.Select(cell => $"{RowLocation.Quote(cell.Text)} ({cell.Place})"));
        return Count > first.Count ? $"{shown} and {Count - first.Count} more" : shown;
    }
}
