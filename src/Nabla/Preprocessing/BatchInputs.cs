namespace Nabla;

/// <summary>The inputs of one batch of a data set. They are read part by part, by whichever thread needs them.</summary>
internal sealed class BatchInputs(Preprocessing preprocessing, int capacity)
{
    private readonly int[] rows = new int[capacity];
    private readonly ReadOnlyMemory<float> valuesOfBytes = preprocessing.ValuesOfBytes();
    private FeatureTable? table;

    /// <summary>Examples of the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Turns to another batch.</summary>
    /// <param name="inputs">The data set's inputs.</param>
    /// <param name="batch">Which rows make it up.</param>
    public void TurnTo(FeatureTable inputs, ReadOnlySpan<int> batch)
    {
        table = inputs;
        Count = batch.Length;
        batch.CopyTo(rows);
    }

    /// <summary>Turns to a stretch of rows.</summary>
    /// <param name="inputs">The data set's inputs.</param>
    /// <param name="start">The first of the rows.</param>
    /// <param name="count">Rows.</param>
    public void TurnTo(FeatureTable inputs, int start, int count)
    {
        table = inputs;
        Count = count;
        for (int i = 0; i < count; i++)
            rows[i] = start + i;
    }

    /// <summary>What each of the 256 bytes becomes when it is scaled, if the inputs are bytes that are all scaled alike and 0 stays 0; else empty.</summary>
    public ReadOnlySpan<float> ValuesOfBytes => table!.IsBytes ? valuesOfBytes.Span : [];

    /// <summary>Writes the inputs of some examples of the batch.</summary>
    /// <param name="start">The first example's place in the batch.</param>
    /// <param name="count">Examples.</param>
    /// <param name="inputs">[count, inputs], scaled as the network wants them.</param>
    public void Read(int start, int count, Span<float> inputs) => preprocessing.Apply(table!, rows.AsSpan(start, count), inputs);

    /// <summary>The data set's inputs, if they are bytes: [rows, <see cref="Width"/>].</summary>
    public ReadOnlySpan<byte> Bytes => table!.Bytes;

    /// <summary>Inputs of an example.</summary>
    public int Width => table!.Columns;

    /// <summary>Which rows of the data set make up the batch.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);
}
