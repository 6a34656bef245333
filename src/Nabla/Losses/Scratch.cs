namespace Nabla;

/// <summary>Room for intermediate values, kept from batch to batch and grown when a larger one comes.</summary>
internal struct Scratch<T>
{
    private T[]? values;

    /// <summary>So many values; what they hold is left over from before.</summary>
    public Span<T> Take(int count)
    {
        if (values is null || values.Length < count)
            values = new T[count];
        return values.AsSpan(0, count);
    }
}
