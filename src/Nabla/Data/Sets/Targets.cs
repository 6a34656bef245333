using System.Security.Cryptography;

namespace Nabla;

/// <summary>
/// What the outputs of a network should be, one entry for each example: <see cref="ClassTargets"/> or <see cref="ValueTargets"/>.
/// </summary>
/// <remarks>Immutable, and so safe for concurrent use.</remarks>
public abstract class Targets
{
    private protected Targets(int count, IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException("Names must exist and differ.", nameof(names));
        Count = count;
        Names = [.. names];
    }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>The name of each output: the classes, or the columns of values.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Outputs that a network needs for these targets: the number of classes, or of values of an example.</summary>
    public int Width => Names.Count;

    /// <summary>What the names name, for messages: <c>classes</c> or <c>values</c>.</summary>
    internal abstract string Subject { get; }

    /// <summary>Copies the targets of some examples, in that order.</summary>
    /// <param name="rows">Example numbers, each from 0 to <see cref="Count"/> - 1; repetition is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public abstract Targets Select(ReadOnlySpan<int> rows);

    /// <summary>The targets of consecutive examples, without weights.</summary>
    /// <param name="start">The first of them.</param>
    /// <param name="count">Examples.</param>
    /// <param name="buffer">Holds what has to be copied.</param>
    internal abstract TargetBatch Slice(int start, int count, TargetBuffer buffer);

    /// <summary>Gathers the targets of a batch, without weights.</summary>
    /// <param name="rows">Which examples, in which order.</param>
    /// <param name="buffer">Holds them.</param>
    internal abstract TargetBatch Gather(ReadOnlySpan<int> rows, TargetBuffer buffer);

    /// <summary>Adds all targets to a digest.</summary>
    internal abstract void AppendTo(IncrementalHash hash);
}
