namespace Nabla;

/// <summary>The inputs of one batch of a data set. They are scaled part by part, by whichever thread needs them.</summary>
internal sealed class BatchInputs(Preprocessing preprocessing, int capacity)
{
    private readonly int[] rows = new int[capacity];
    private FeatureTable? table;

    /// <summary>Turns to another batch.</summary>
    /// <param name="inputs">The data set's inputs.</param>
    /// <param name="batch">Which rows make it up.</param>
    public void TurnTo(FeatureTable inputs, ReadOnlySpan<int> batch)
    {
        table = inputs;
        batch.CopyTo(rows);
    }

    /// <summary>Turns to a stretch of rows.</summary>
    /// <param name="inputs">The data set's inputs.</param>
    /// <param name="start">The first of the rows.</param>
    /// <param name="count">Rows.</param>
    public void TurnTo(FeatureTable inputs, int start, int count)
    {
        table = inputs;
        for (int i = 0; i < count; i++)
            rows[i] = start + i;
    }

    /// <summary>Writes the inputs of some examples of the batch.</summary>
    /// <param name="start">The first example's place in the batch.</param>
    /// <param name="count">Examples.</param>
    /// <param name="inputs">[count, inputs], scaled as the network wants them.</param>
    public void Read(int start, int count, Span<float> inputs) => preprocessing.Apply(table!, rows.AsSpan(start, count), inputs);
}
