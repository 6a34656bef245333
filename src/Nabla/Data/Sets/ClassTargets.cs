using System.Globalization;
using System.Security.Cryptography;

namespace Nabla;

/// <summary>
/// One class for each example. A network has one output for each class. One-hot vectors are never stored.
/// </summary>
/// <remarks>Immutable, and therefore safe for concurrent use. The labels are copied.</remarks>
public sealed class ClassTargets : Targets
{
    private readonly int[] labels; // [examples]

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
        this.labels = labels.ToArray();
    }

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
    public ReadOnlySpan<int> Labels => labels;

    /// <inheritdoc/>
    public override ClassTargets Select(ReadOnlySpan<int> rows)
    {
        var chosen = new int[rows.Length];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = labels[rows[i]];
        return new ClassTargets(chosen, Names);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} labels of {Width} classes";

    internal override string Subject => "classes";

    internal override TargetBatch Slice(int start, int count, TargetBuffer buffer) => TargetBatch.FromLabels(labels.AsSpan(start, count));

    internal override TargetBatch Gather(ReadOnlySpan<int> rows, TargetBuffer buffer)
    {
        var gathered = buffer.Labels(rows.Length);
        for (int i = 0; i < rows.Length; i++)
            gathered[i] = labels[rows[i]];
        return TargetBatch.FromLabels(gathered);
    }

    internal override void AppendTo(IncrementalHash hash) => hash.Append(Labels);

    private static ClassTargets Create<T>(T[] labels, T[] classes, Func<T, string> name)
        where T : notnull
    {
        var numbers = classes.Select((label, number) => (label, number)).ToDictionary(pair => pair.label, pair => pair.number);
        return new ClassTargets(Array.ConvertAll(labels, label => numbers[label]), [.. classes.Select(name)]);
    }
}
