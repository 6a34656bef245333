namespace Nabla;

/// <summary>Some rows of others that are not in memory: their numbers alone.</summary>
/// <param name="source">The others.</param>
/// <param name="chosen">Which of them, in this order; not copied.</param>
/// <param name="columns">Values of a row.</param>
internal sealed class ChosenRows<T>(IRows<T> source, int[] chosen, int columns) : IRows<T>
    where T : unmanaged
{
    private const int Part = 256;

    public int Count => chosen.Length;

    public T[]? Array => null;

    public void Read(int start, Span<T> values) => source.Gather(chosen.AsSpan(start, values.Length / columns), values);

    public void Gather(ReadOnlySpan<int> rows, Span<T> values)
    {
        Span<int> numbers = stackalloc int[Part];
        for (int start = 0; start < rows.Length; start += Part)
        {
            var some = rows.Slice(start, Math.Min(Part, rows.Length - start));
            for (int i = 0; i < some.Length; i++)
                numbers[i] = chosen[some[i]];
            source.Gather(numbers[..some.Length], values.Slice(start * columns, some.Length * columns));
        }
    }

    public IRows<T> Select(int[] rows)
    {
        int[] places = new int[rows.Length];
        for (int i = 0; i < places.Length; i++)
            places[i] = chosen[rows[i]];
        return new ChosenRows<T>(source, places, columns);
    }
}
