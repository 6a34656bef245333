using System.Globalization;
using System.Security.Cryptography;

namespace Nabla;

/// <summary>
/// One class for each example. A network has one output for each class. One-hot vectors are never stored.
/// </summary>
/// <remarks>
/// Immutable, and therefore safe for concurrent use. The labels are copied: a byte for each, if there are up to 256 classes.
/// </remarks>
public sealed class ClassTargets : Targets
{
    private const int Part = 1 << 12; // labels that are converted at once

    private readonly byte[]? small; // [examples]; null if there are more than 256 classes
    private int[]? labels; // [examples]; made from bytes when it is asked for

    /// <summary>Creates targets from class numbers.</summary>
    /// <param name="labels">[examples], each from 0 to the number of classes - 1. Copied.</param>
    /// <param name="names">The name of each class: at least one, all different.</param>
    /// <exception cref="ArgumentException">A label is not a class, or names are missing or repeated.</exception>
    public ClassTargets(ReadOnlySpan<int> labels, IReadOnlyList<string> names)
        : base(labels.Length, names)
    {
        int wrong = labels.IndexOfAnyExceptInRange(0, names.Count - 1);
        if (wrong >= 0)
            throw new ArgumentException($"Label {labels[wrong]} of example {wrong} is not one of {names.Count} classes.", nameof(labels));
        if (names.Count > byte.MaxValue + 1)
        {
            this.labels = labels.ToArray();
            return;
        }
        small = new byte[labels.Length];
        for (int i = 0; i < small.Length; i++)
            small[i] = (byte)labels[i];
    }

    private ClassTargets(byte[] labels, IReadOnlyList<string> names)
        : base(labels.Length, names) => small = labels;

    /// <summary>Creates targets from class names: each name that occurs is a class, in the order of code points.</summary>
    /// <param name="labels">The class of each example.</param>
    /// <exception cref="ArgumentException">There is no example, or a label is null.</exception>
    public static ClassTargets From(IEnumerable<string> labels)
    {
        string[] all = [.. labels];
        int missing = Array.FindIndex(all, label => label is null);
        if (missing >= 0)
            throw new ArgumentException($"Example {missing} has no label.", nameof(labels));
        return Create(all, [.. all.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], name => name);
    }

    /// <summary>Creates targets from whole numbers: each number that occurs is a class, in ascending order, named by its digits.</summary>
    /// <param name="labels">The class of each example.</param>
    /// <exception cref="ArgumentException">There is no example.</exception>
    public static ClassTargets From(IEnumerable<int> labels)
    {
        int[] all = [.. labels];
        return Create(all, [.. all.Distinct().Order()], number => number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The class number of each example, [examples].</summary>
    public ReadOnlySpan<int> Labels => labels ??= Array.ConvertAll(small!, label => (int)label);

    /// <summary>The class number of one example.</summary>
    internal int LabelOf(int example) => small is null ? labels![example] : small[example];

    /// <inheritdoc/>
    public override ClassTargets Select(ReadOnlySpan<int> rows)
    {
        if (small is null)
            return new ClassTargets(Chosen(labels!, rows), Names);
        return new ClassTargets(Chosen(small, rows), Names);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} labels of {Width} classes";

    internal override string Subject => "classes";

    internal override TargetBatch Slice(int start, int count, TargetBuffer buffer) =>
        TargetBatch.FromLabels(Copy(start, buffer.Labels(count)));

    internal override TargetBatch Gather(ReadOnlySpan<int> rows, TargetBuffer buffer)
    {
        var gathered = buffer.Labels(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            gathered[i] = LabelOf(rows[i]);
        return TargetBatch.FromLabels(gathered);
    }

    // As numbers of 32 bits.
    internal override void AppendTo(IncrementalHash hash)
    {
        var part = new int[Math.Min(Count, Part)];
        for (int start = 0; start < Count; start += part.Length)
            hash.Append(Copy(start, part.AsSpan(0, Math.Min(part.Length, Count - start))));
    }

    private ReadOnlySpan<int> Copy(int start, Span<int> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = LabelOf(start + i);
        return destination;
    }

    private static T[] Chosen<T>(T[] labels, ReadOnlySpan<int> rows)
    {
        var chosen = new T[rows.Length];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = labels[rows[i]];
        return chosen;
    }

    private static ClassTargets Create<T>(T[] labels, T[] classes, Func<T, string> name)
        where T : notnull
    {
        var numbers = classes.Select((label, number) => (label, number)).ToDictionary(pair => pair.label, pair => pair.number);
        return new ClassTargets(Array.ConvertAll(labels, label => numbers[label]), [.. classes.Select(name)]);
    }
}
