namespace Nabla.Tables;

/// <summary>The range of some numbers.</summary>
internal sealed class Values
{
    public int Count { get; private set; }

    public double First { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    /// <summary>The greatest distance of a number from its nearest float.</summary>
    public double Rounding { get; private set; }

    /// <summary>Whether all are whole.</summary>
    public bool AreWhole { get; private set; } = true;

    /// <summary>No number.</summary>
    public static Values None { get; } = new();

    /// <summary>All numbers of several.</summary>
    /// <param name="parts">They are not changed, but the only one that has numbers may be returned. Null has none.</param>
    public static Values Of(params ReadOnlySpan<Values?> parts)
    {
        Values? only = null, all = null;
        foreach (var part in parts)
        {
            if (part is null)
                continue;
            if (only is null)
            {
                only = part;
                continue;
            }
            all ??= only.Copy();
            all.Count += part.Count;
            all.AreWhole &= part.AreWhole;
            all.Least = Math.Min(all.Least, part.Least);
            all.Most = Math.Max(all.Most, part.Most);
            all.Rounding = Math.Max(all.Rounding, part.Rounding);
        }
        return all ?? only ?? None;
    }

    private Values Copy() => (Values)MemberwiseClone();

    public void Add(double value)
    {
        if (Count++ == 0)
            First = value;
        AreWhole &= Math.Floor(value) == value;
        if (value < Least)
            Least = value;
        if (value > Most)
            Most = value;
        double rounding = Math.Abs(value - (float)value);
        if (rounding > Rounding)
            Rounding = rounding;
    }
}
