using System.Collections;

namespace Nabla;

/// <summary>A list whose items are created when they are accessed.</summary>
/// <param name="count">Number of items.</param>
/// <param name="create">Creates the item with a number.</param>
internal sealed class LazyList<T>(int count, Func<int, T> create) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
            return create(index);
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < count; i++)
            yield return create(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{count} items";
}
