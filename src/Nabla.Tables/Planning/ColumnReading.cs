namespace Nabla.Tables;

/// <summary>How the cells of a column can be read in one way: which values they have, and which cells have none.</summary>
/// <param name="Values">The cells that can be read.</param>
/// <param name="Others">Those that cannot.</param>
internal sealed record ColumnReading(Values Values, OtherCells Others)
{
    /// <summary>How many cells can be read.</summary>
    public int Count => Values.Count;
}
