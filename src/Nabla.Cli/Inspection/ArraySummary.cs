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
    private const int PartLength = 1 << 12;

    public static ArraySummary From(string name, NumericArray array)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        int notFinite = 0;
        // In parts, because all elements as doubles could take eight times the memory of the array.
        var part = new double[Math.Min(array.Length, PartLength)];
        for (int start = 0; start < array.Length; start += PartLength)
        {
            var values = part.AsSpan(0, Math.Min(PartLength, array.Length - start));
            array.CopyTo(start, values);
            foreach (double value in values)
            {
                if (!double.IsFinite(value))
                {
                    notFinite++;
                    continue;
                }
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
            }
        }
        bool any = least <= greatest;
        return new(
            name, array.ElementType.ToString().ToLowerInvariant(), array.Shape, any ? least : null, any ? greatest : null, notFinite);
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
