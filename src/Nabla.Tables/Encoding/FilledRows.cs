namespace Nabla.Tables;

/// <summary>Rows whose missing features are filled when they are read.</summary>
/// <param name="source">The rows; a missing feature is NaN.</param>
/// <param name="fills">What takes its place, for each feature.</param>
internal sealed class FilledRows(IRows<float> source, float[] fills) : IRows<float>
{
    public int Count => source.Count;

    public float[]? Array => null;

    public void Read(int start, Span<float> values)
    {
        source.Read(start, values);
        MissingFeatures.Fill(values, fills);
    }

    public void Gather(ReadOnlySpan<int> rows, Span<float> values)
    {
        source.Gather(rows, values);
        MissingFeatures.Fill(values[..(rows.Length * fills.Length)], fills);
    }

    public IRows<float> Select(int[] rows) => new FilledRows(source.Select(rows), fills);
}
