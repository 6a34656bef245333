using Nabla.Kernels;

namespace Nabla;

/// <summary>Examples: a table of inputs, and a target for each row.</summary>
/// <remarks>Safe for concurrent use, as long as no thread changes the arrays that the <see cref="FeatureTable"/> wraps.</remarks>
public sealed class Dataset
{
    private readonly float[] weights; // [examples], or empty

    /// <summary>Creates a data set from inputs and targets.</summary>
    /// <param name="name">Name of the data in messages, e.g. <c>mnist</c> or a file name.</param>
    /// <param name="inputs">[examples, features].</param>
    /// <param name="targets">One entry for each example.</param>
    /// <param name="weights">
    /// How much each example counts in the loss, [examples], each finite and at least 0; empty if all count 1. Copied.
    /// </param>
    /// <param name="inputShape">
    /// Shape of one example, e.g. [28, 28]; null for a plain vector. Its product is the number of features.
    /// </param>
    /// <exception cref="ArgumentException">Targets, weights or the shape do not fit the inputs.</exception>
    public Dataset(
        string name, FeatureTable inputs, Targets targets, ReadOnlySpan<float> weights = default, IReadOnlyList<int>? inputShape = null)
    {
        inputShape ??= [inputs.Columns];
        if (targets.Count != inputs.Rows)
            throw new ArgumentException($"{inputs.Rows} examples have {targets.Count} targets.", nameof(targets));
        if (weights.Length != 0 && weights.Length != inputs.Rows)
            throw new ArgumentException($"{inputs.Rows} examples have {weights.Length} weights.", nameof(weights));
        int wrong = weights.IndexOfAnyExceptInRange(0f, float.MaxValue);
        if (wrong >= 0)
            throw new ArgumentException(
                $"The weight of example {wrong} is {weights[wrong]}; weights must be finite and at least 0.", nameof(weights));
        if (ArrayShape.CountOf([.. inputShape]) != inputs.Columns)
        {
            throw new ArgumentException(
                $"An example of shape [{string.Join(", ", inputShape)}] does not have {inputs.Columns} features.", nameof(inputShape));
        }
        Name = name;
        Inputs = inputs;
        Targets = targets;
        this.weights = weights.ToArray();
        InputShape = [.. inputShape];
    }

    /// <summary>Name of the data in messages.</summary>
    public string Name { get; }

    /// <summary>The inputs, [examples, features], not scaled.</summary>
    public FeatureTable Inputs { get; }

    /// <summary>The targets: what the network should output for each example.</summary>
    public Targets Targets { get; }

    /// <summary>The targets as classes.</summary>
    /// <exception cref="InvalidOperationException">They are values.</exception>
    public ClassTargets Classes =>
        Targets as ClassTargets ?? throw new InvalidOperationException($"{Name} has values to predict, not classes.");

    /// <summary>The targets as values.</summary>
    /// <exception cref="InvalidOperationException">They are classes.</exception>
    public ValueTargets Values =>
        Targets as ValueTargets ?? throw new InvalidOperationException($"{Name} has classes to predict, not values.");

    /// <summary>How much each example counts in the loss, [examples]; empty if all count 1.</summary>
    public ReadOnlySpan<float> Weights => weights;

    /// <summary>Whether examples count differently.</summary>
    public bool HasWeights => weights.Length > 0;

    /// <summary>Shape of one example, e.g. [28, 28].</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>Number of examples.</summary>
    public int Count => Inputs.Rows;

    /// <summary>Creates a data set for classification from rows of any type.</summary>
    /// <param name="rows">The examples.</param>
    /// <param name="x">The features of a row: the same number for each row, all finite.</param>
    /// <param name="y">The class of a row. All classes that occur are used, in the order of code points.</param>
    /// <param name="name">Name of the data in messages.</param>
    /// <exception cref="InvalidInputException">
    /// There are no rows, or a row is null, has another number of features, a feature that is not finite, or no class; the message says
    /// which.
    /// </exception>
    public static Dataset From<T>(IEnumerable<T> rows, Func<T, double[]> x, Func<T, string> y, string name = "data")
    {
        T[] all = [.. rows];
        return new Dataset(name, RowTable.Read(name, all, x), ClassTargets.From(RowTable.ReadLabels(name, all, y)));
    }

    /// <summary>
    /// Creates a data set for classification from rows of any type, whose classes are whole numbers. For values to predict, let
    /// <paramref name="y"/> return a double.
    /// </summary>
    /// <param name="rows">The examples.</param>
    /// <param name="x">The features of a row: the same number for each row, all finite.</param>
    /// <param name="y">The class of a row. All numbers that occur are used, in ascending order.</param>
    /// <param name="name">Name of the data in messages.</param>
    /// <exception cref="InvalidInputException">
    /// There are no rows, or a row is null, has another number of features, or a number that is not finite; the message says which.
    /// </exception>
    public static Dataset From<T>(IEnumerable<T> rows, Func<T, double[]> x, Func<T, int> y, string name = "data")
    {
        T[] all = [.. rows];
        return new Dataset(name, RowTable.Read(name, all, x), ClassTargets.From(all.Select(y)));
    }

    /// <summary>Creates a data set for regression from rows of any type.</summary>
    /// <param name="rows">The examples.</param>
    /// <param name="x">The features of a row: the same number for each row, all finite.</param>
    /// <param name="y">The value to predict for a row, finite.</param>
    /// <param name="name">Name of the data in messages.</param>
    /// <exception cref="InvalidInputException">
    /// There are no rows, or a row is null, has another number of features, or a number that is not finite; the message says which.
    /// </exception>
    public static Dataset From<T>(IEnumerable<T> rows, Func<T, double[]> x, Func<T, double> y, string name = "data")
    {
        T[] all = [.. rows];
        return new Dataset(name, RowTable.Read(name, all, x), new ValueTargets(RowTable.ReadValues(name, all, y), ["target"]));
    }

    /// <summary>Creates a data set from rows of features and existing targets.</summary>
    /// <param name="inputs">The features of each example: the same number for each, all finite.</param>
    /// <param name="targets">One entry for each example, e.g. <see cref="ClassTargets.From(IEnumerable{string})"/>.</param>
    /// <param name="name">Name of the data in messages.</param>
    /// <exception cref="ArgumentException">The numbers of targets and rows differ.</exception>
    /// <exception cref="InvalidInputException">
    /// There are no rows, or a row is null, has another number of features, or a number that is not finite; the message says which.
    /// </exception>
    public static Dataset From(double[][] inputs, Targets targets, string name = "data") =>
        new(name, RowTable.Read(name, inputs, row => row), targets);

    /// <summary>Creates a data set from a table of features and existing targets.</summary>
    /// <param name="inputs">[examples, features], all finite; copied.</param>
    /// <param name="targets">One entry for each example, e.g. <see cref="ClassTargets.From(IEnumerable{string})"/>.</param>
    /// <param name="name">Name of the data in messages.</param>
    /// <exception cref="ArgumentException">The numbers of targets and rows differ, or there are no features.</exception>
    /// <exception cref="InvalidInputException">A feature is not finite; the message says which.</exception>
    public static Dataset From(float[,] inputs, Targets targets, string name = "data")
    {
        var values = new float[inputs.Length];
        Buffer.BlockCopy(inputs, 0, values, 0, checked(values.Length * sizeof(float)));
        var data = new Dataset(name, FeatureTable.FromFloats(values, inputs.GetLength(0), inputs.GetLength(1)), targets);
        data.RequireFiniteInputs();
        return data;
    }

    /// <summary>The same examples with other weights.</summary>
    /// <param name="weights">
    /// How much each example counts in the loss, [examples], each finite and at least 0; empty if all count 1. Copied.
    /// </param>
    /// <exception cref="ArgumentException">The number of weights is wrong, or a weight is negative or not finite.</exception>
    public Dataset WithWeights(ReadOnlySpan<float> weights) => new(Name, Inputs, Targets, weights, InputShape);

    /// <summary>The given examples, in this order, as a new data set; inputs on disk are not copied.</summary>
    /// <param name="examples">Example numbers, each from 0 to <see cref="Count"/> - 1.</param>
    public Dataset Select(ReadOnlySpan<int> examples) => Choose(examples.ToArray());

    /// <summary>As <see cref="Select"/>, of examples whose numbers are not copied: the caller must not change them.</summary>
    internal Dataset Choose(int[] examples)
    {
        var chosen = new float[HasWeights ? examples.Length : 0];
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = weights[examples[i]];
        return new Dataset(Name, Inputs.Choose(examples), Targets.Select(examples), chosen, InputShape);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Count} examples, {Inputs.Columns} features, {Targets.Width} {Targets.Subject}";

    /// <summary>
    /// SHA-256 of the inputs, the targets and the weights, in the order of the examples: <c>sha256:</c> and 64 hexadecimal digits. Computed
    /// anew at each call.
    /// </summary>
    public string Fingerprint => Hashing.Digest(hash =>
    {
        Inputs.AppendTo(hash);
        Targets.AppendTo(hash);
        hash.Append(Weights);
    });

    /// <exception cref="InvalidInputException">A feature is infinite or not a number; the message says which.</exception>
    internal void RequireFiniteInputs()
    {
        if (Inputs.AreKnownToBeFinite)
            return;
        Inputs.ForEachBlock((int start, ReadOnlySpan<float> values) =>
        {
            int wrong = Finite.IndexOfOther(values);
            if (wrong >= 0)
                throw RowTable.NotFinite(Name, start + wrong / Inputs.Columns, $"feature {wrong % Inputs.Columns}", values[wrong]);
        });
    }
}
