using System.Security.Cryptography;

namespace Nabla;

/// <summary>
/// What the outputs of a network should be, one entry for each example: <see cref="ClassTargets"/> or <see cref="ValueTargets"/>.
/// </summary>
/// <remarks>Immutable, and therefore safe for concurrent use.</remarks>
public abstract class Targets
{
    private protected Targets(int count, IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException("There must be at least one name, and all names must be different.", nameof(names));
        Count = count;
        Names = [.. names];
    }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>The name of each output: the classes, or the columns of values.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of outputs that a network needs: the number of classes, or of values for each example.</summary>
    public int Width => Names.Count;

    /// <summary>What the targets are, for messages: <c>classes</c> or <c>values</c>.</summary>
    internal abstract string Subject { get; }

    /// <summary>Copies the targets of the given examples, in this order.</summary>
    /// <param name="rows">Example numbers, each from 0 to <see cref="Count"/> - 1; repetition is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public abstract Targets Select(ReadOnlySpan<int> rows);

    /// <summary>The targets of consecutive examples, without weights.</summary>
    /// <param name="start">Number of the first example.</param>
    /// <param name="count">Number of examples.</param>
    /// <param name="buffer">Holds copies, if any are needed.</param>
    internal abstract TargetBatch Slice(int start, int count, TargetBuffer buffer);

    /// <summary>Gathers the targets of a batch, without weights.</summary>
    /// <param name="rows">Row numbers of the examples, in order.</param>
    /// <param name="buffer">Holds the gathered targets.</param>
    internal abstract TargetBatch Gather(ReadOnlySpan<int> rows, TargetBuffer buffer);

    /// <summary>Adds all targets to a digest.</summary>
    internal abstract void AppendTo(IncrementalHash hash);

    /// <summary>Names for a message: all of them, or the first ten and how many more there are.</summary>
    internal static string Shorten(IReadOnlyList<string> names) =>
        names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(10))} and {names.Count - 10} more";
}
