using System.Collections;

namespace Nabla;

/// <summary>
/// All kinds of one sort, e.g. all activations. Help texts, files, checks and tests enumerate it; nothing else lists kinds.
/// </summary>
/// <remarks>Immutable, and so safe for concurrent use.</remarks>
/// <typeparam name="T">The sort.</typeparam>
public sealed class Catalogue<T> : IReadOnlyList<T>
    where T : Kind
{
    private readonly T[] kinds;

    /// <param name="subject">What the kinds are, for messages: <c>activation</c>.</param>
    /// <param name="kinds">Each with a name of its own, and with its default parameters.</param>
    internal Catalogue(string subject, params T[] kinds)
    {
        Subject = subject;
        this.kinds = kinds;
    }

    /// <summary>What the kinds are, for messages: <c>activation</c>.</summary>
    public string Subject { get; }

    /// <summary>The names of all kinds, in the catalogue's order.</summary>
    public IReadOnlyList<string> Names => [.. kinds.Select(kind => kind.Name)];

    /// <inheritdoc/>
    public int Count => kinds.Length;

    /// <inheritdoc/>
    public T this[int index] => kinds[index];

    /// <summary>Looks a kind up by its name; case does not matter.</summary>
    /// <param name="name">A name such as <c>relu</c>.</param>
    /// <returns>The kind with its default parameters, or null if there is none of that name.</returns>
    public T? Find(string name) => Array.Find(kinds, kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Looks a kind up by its name; case does not matter.</summary>
    /// <param name="name">A name such as <c>relu</c>.</param>
    /// <exception cref="InvalidOptionException">There is none of that name; the message lists those that there are.</exception>
    public T Get(string name) => Find(name)
        ?? throw new InvalidOptionException($"\"{name}\" is not a known {Subject}", $"Use one of {string.Join(", ", Names)}.");

    /// <summary>Reads a kind as text gives it: <c>name</c>, or <c>name:parameter=value,parameter=value</c>; case does not matter.</summary>
    /// <param name="text">Such as <c>adam:beta1=0.95,beta2=0.99</c>. Numbers have a decimal point, whatever the culture.</param>
    /// <returns>The kind and its parameters, whose ranges are not checked: what uses the kind does so.</returns>
    /// <exception cref="InvalidOptionException">
    /// There is no such kind or parameter, and the message lists those that there are; or a value is missing or is not a number.
    /// </exception>
    public KindChoice<T> Parse(string text) => KindChoice<T>.Parse(text, this);

    /// <summary>The kinds that fulfil a condition, as a catalogue of their own.</summary>
    internal Catalogue<T> Where(Func<T, bool> condition) => new(Subject, [.. kinds.Where(condition)]);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)kinds).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Subject}: {string.Join(", ", Names)}";
}
