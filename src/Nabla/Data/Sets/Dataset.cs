using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nabla;

/// <summary>Labelled examples: a table of inputs, one class number for each row, and the names of the classes.</summary>
public sealed class Dataset
{
    private readonly int[] labels;

    /// <summary>Brings inputs and labels together.</summary>
    /// <param name="name">What to call the data in messages, e.g. <c>mnist</c> or a file's name.</param>
    /// <param name="inputs">[examples, features].</param>
    /// <param name="labels">One class number for each example, from 0 to the number of classes - 1.</param>
    /// <param name="classNames">The name of each class, at least one, without repetition.</param>
    /// <param name="inputShape">Shape of one example, e.g. [28, 28]; null for a plain vector. Its product is the number of features.</param>
    /// <exception cref="ArgumentException">Labels, classes or the shape do not fit the inputs.</exception>
    public Dataset(string name, FeatureTable inputs, int[] labels, IReadOnlyList<string> classNames, IReadOnlyList<int>? inputShape = null)
    {
        inputShape ??= [inputs.Columns];
        if (labels.Length != inputs.Rows)
            throw new ArgumentException($"{inputs.Rows} examples have {labels.Length} labels.", nameof(labels));
        if (classNames.Count == 0 || classNames.Distinct(StringComparer.Ordinal).Count() != classNames.Count)
            throw new ArgumentException("Class names must exist and differ.", nameof(classNames));
        if (ArrayShape.CountOf([.. inputShape]) != inputs.Columns)
            throw new ArgumentException($"An example of shape {string.Join(" x ", inputShape)} has not {inputs.Columns} features.", nameof(inputShape));
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, classNames.Count - 1);
        if (wrong >= 0)
            throw new ArgumentException($"Label {labels[wrong]} of example {wrong} is not one of {classNames.Count} classes.", nameof(labels));
        Name = name;
        Inputs = inputs;
        this.labels = labels;
        ClassNames = classNames;
        InputShape = inputShape;
    }

    /// <summary>What the data is called in messages.</summary>
    public string Name { get; }

    /// <summary>[examples, features], as they came.</summary>
    public FeatureTable Inputs { get; }

    /// <summary>The class number of each example, [examples].</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Shape of one example, e.g. [28, 28].</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>Number of examples.</summary>
    public int Count => Inputs.Rows;

    /// <summary>SHA-256 of the inputs and the labels, in the order of the examples.</summary>
    internal string Digest
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Inputs.IsBytes ? Inputs.Bytes : MemoryMarshal.AsBytes(Inputs.Floats));
            hash.AppendData(MemoryMarshal.AsBytes(Labels));
            return "sha256:" + Convert.ToHexStringLower(hash.GetCurrentHash());
        }
    }

    /// <summary>The named examples, in that order, as a data set of their own.</summary>
    /// <param name="examples">Example numbers, each from 0 to <see cref="Count"/> - 1.</param>
    public Dataset Select(ReadOnlySpan<int> examples)
    {
        var chosen = new int[examples.Length];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = labels[examples[i]];
        return new Dataset(Name, Inputs.Select(examples), chosen, ClassNames, InputShape);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Count} examples, {Inputs.Columns} features, {ClassNames.Count} classes";
}
