namespace Nabla.Tables;

/// <summary>Cells that cannot be read in one way: how many, and the first few.</summary>
/// <param name="before">How many numbers came before the first of these cells; their texts are not kept.</param>
internal sealed class OtherCells(int before = 0)
{
    private const int Kept = 4;

    private readonly List<(string Text, string Place)> first = [];

    /// <summary>No cell.</summary>
    public static OtherCells None { get; } = new();

    public int Count { get; private set; } = before;

    public void Add(ReadOnlySpan<byte> cell, TableRow row)
    {
        Count++;
        if (first.Count < Kept)
            first.Add((System.Text.Encoding.UTF8.GetString(cell), row.Location.Short));
    }

    /// <summary>The first cells and their places: <c>"-" (line 3), "1.5cm" (line 7) and 2 more</c>.</summary>
    public override string ToString()
    {
        if (first.Count == 0)
            return $"{Count} numbers";
        string shown = string.Join(", ", first.Select(cell => $"{RowLocation.Quote(cell.Text)} ({cell.Place})"));
        return Count > first.Count ? $"{shown} and {Count - first.Count} more" : shown;
    }
}
