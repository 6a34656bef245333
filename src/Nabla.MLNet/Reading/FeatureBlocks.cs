namespace Nabla.MLNet;

/// <summary>
/// Collects rows of features whose number is not known in advance, in blocks of about 4 MiB, so that nothing is copied while it grows.
/// </summary>
/// <param name="columns">Number of features.</param>
internal sealed class FeatureBlocks(int columns)
{
    private const int BlockElements = 1 << 20;

    private readonly int rowsOfBlock = Math.Max(1, BlockElements / columns);
    private readonly List<float[]> blocks = []; // each [rowsOfBlock, columns]

    /// <summary>Number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <returns>Its features, to be written, [columns].</returns>
    /// <exception cref="InvalidInputException">An array cannot hold as many values.</exception>
    public Span<float> Add()
    {
        if ((Rows + 1L) * columns > Array.MaxLength)
        {
            throw new InvalidInputException(
                "cannot read the training data", $"row {Rows}, counted from 0",
                $"more than {Rows} rows of {columns} features do not fit an array of .NET", "Train on fewer rows, or with fewer features.");
        }
        int row = Rows % rowsOfBlock;
        if (row == 0)
            blocks.Add(GC.AllocateUninitializedArray<float>(rowsOfBlock * columns));
        Rows++;
        return blocks[^1].AsSpan(row * columns, columns);
    }

    /// <summary>Joins the blocks, and gives each free as soon as it has been copied. No rows are left.</summary>
    /// <returns>[rows, columns].</returns>
    public float[] Join()
    {
        var joined = GC.AllocateUninitializedArray<float>(Rows * columns);
        for (int block = 0, at = 0; block < blocks.Count; block++)
        {
            var values = blocks[block].AsSpan(0, Math.Min(rowsOfBlock * columns, joined.Length - at));
            values.CopyTo(joined.AsSpan(at));
            at += values.Length;
            blocks[block] = [];
        }
        blocks.Clear();
        Rows = 0;
        return joined;
    }
}
