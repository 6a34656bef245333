using Nabla.Kernels;

namespace Nabla;

/// <summary>The inputs of one batch of a data set. They are read part by part, by whichever thread needs them.</summary>
/// <param name="preprocessing">Scales them.</param>
/// <param name="capacity">The most examples in a batch.</param>
internal sealed unsafe class BatchInputs(Preprocessing preprocessing, int capacity)
{
    private readonly int[] rows = new int[capacity];
    private readonly int[] examples = new int[capacity];
    private readonly AlignedArray<float>? valuesOfBytes = preprocessing.ValuesOfBytes();
    private FeatureTable? table;
    private FeatureTable? buffer; // [capacity, features]: the rows of a batch that is on disk

    /// <summary>Examples in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Features of an example.</summary>
    public int Width => table!.Columns;

    /// <summary>Which rows of <see cref="Bytes"/> make up the batch.</summary>
    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    /// <summary>Which examples of the data set they are: what is random for an example depends on it.</summary>
    public ReadOnlySpan<int> Examples => examples.AsSpan(0, Count);

    /// <summary>The table's inputs, if they are bytes: [rows, <see cref="Width"/>].</summary>
    public ReadOnlySpan<byte> Bytes => table!.Bytes;

    /// <summary>
    /// What each of the 256 bytes becomes when it is scaled, if all features are bytes that are scaled alike and 0 stays 0; else null.
    /// </summary>
    public float* ValuesOfBytes => table!.IsBytes && valuesOfBytes is not null ? valuesOfBytes.Pointer : null;

    /// <summary>Sets the batch to some rows.</summary>
    /// <param name="inputs">The data set's inputs.</param>
    /// <param name="batch">Which rows make it up.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public void SetBatch(FeatureTable inputs, ReadOnlySpan<int> batch)
    {
        // Rows of bytes are read through pointers.
        int wrong = batch.IndexOfAnyExceptInRange(0, inputs.Rows - 1);
        if (wrong >= 0)
            throw new ArgumentOutOfRangeException(nameof(batch), batch[wrong], $"The table has {inputs.Rows} rows.");
        Count = batch.Length;
        batch.CopyTo(rows);
        batch.CopyTo(examples);
        SetTable(inputs);
    }

    /// <summary>Sets the batch to the first rows of a table that holds changed examples of a data set.</summary>
    /// <param name="inputs">A row for each example.</param>
    /// <param name="batch">Which examples of the data set they are.</param>
    public void SetChangedBatch(FeatureTable inputs, ReadOnlySpan<int> batch)
    {
        SetBatch(inputs, 0, batch.Length);
        batch.CopyTo(examples);
    }

    /// <summary>Sets the batch to consecutive rows.</summary>
    /// <param name="inputs">The data set's inputs.</param>
    /// <param name="start">The first of the rows.</param>
    /// <param name="count">Rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many rows.</exception>
    public void SetBatch(FeatureTable inputs, int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, inputs.Rows - start);
        Count = count;
        for (int i = 0; i < count; i++)
            rows[i] = examples[i] = start + i;
        SetTable(inputs);
    }

    /// <summary>Requires that the batch goes with a network.</summary>
    /// <exception cref="ArgumentException">It has another number of examples or of features.</exception>
    public void Require(int count, int width)
    {
        if (Count != count || Width != width)
            throw new ArgumentException($"{Count} examples of {Width} features are not {count} examples of {width} inputs.");
    }

    /// <summary>Reads and scales some examples of the batch.</summary>
    /// <param name="start">The first example's place in the batch.</param>
    /// <param name="count">Examples.</param>
    /// <param name="inputs">Receives [count, inputs].</param>
    public void Read(int start, int count, Span<float> inputs) => preprocessing.Apply(table!, rows.AsSpan(start, count), inputs);

    /// <summary>Rows on disk are read at once, into a table of their own.</summary>
    private void SetTable(FeatureTable inputs)
    {
        table = inputs;
        if (inputs.IsInMemory)
            return;
        if (buffer is null || !buffer.HasColumnsOf(inputs))
            buffer = inputs.CreateBuffer(capacity);
        inputs.Gather(Rows, buffer);
        table = buffer;
        for (int i = 0; i < Count; i++)
            rows[i] = i;
    }
}
