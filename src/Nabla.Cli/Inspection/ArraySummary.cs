using System.Globalization;

namespace Nabla.Cli;

/// <summary>An array in one line: type, shape and range.</summary>
/// <param name="Name">Name of the array, or of its file.</param>
/// <param name="Type">Element type as NumPy calls it, e.g. <c>uint8</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Least">Smallest finite value; null if there is none.</param>
/// <param name="Greatest">Greatest finite value; null if there is none.</param>
/// <param name="NotFinite">Number of values that are infinite or NaN.</param>
internal sealed record ArraySummary(string Name, string Type, IReadOnlyList<int> Shape, double? Least, double? Greatest, int NotFinite)
{
    public static ArraySummary From(string name, NumericArray array)
    {
        if (array.ElementType == ElementType.UInt8)
            return FromBytes(name, array);
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        int notFinite = 0;
        foreach (double value in array.ToDoubles())
        {
            if (!double.IsFinite(value))
            {
                notFinite++;
                continue;
            }
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }
        bool any = least <= greatest;
        return new(
            name, array.ElementType.ToString().ToLowerInvariant(), array.Shape, any ? least : null, any ? greatest : null, notFinite);
    }

    // The pixels of a large image would take eight times their memory as doubles.
    private static ArraySummary FromBytes(string name, NumericArray array)
    {
        byte least = byte.MaxValue, greatest = byte.MinValue;
        foreach (byte value in array.RawBytes)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }
        bool any = least <= greatest;
        return new(name, "uint8", array.Shape, any ? least : null, any ? greatest : null, 0);
    }

    /// <summary>The shape as text: <c>60000 x 28 x 28</c>.</summary>
    public string ShapeText => Shape.Count == 0 ? "one number" : string.Join(" x ", Shape);

    /// <summary>The range as text.</summary>
    public string RangeText
    {
        get
        {
            string range = Least is null ? "no finite value" : string.Create(CultureInfo.InvariantCulture, $"{Least:G6} to {Greatest:G6}");
            return NotFinite == 0 ? range : $"{range}, {NotFinite} not finite";
        }
    }
}
