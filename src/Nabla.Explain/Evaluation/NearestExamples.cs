namespace Nabla.Explain;

/// <summary>
/// Finds the examples that are nearest to another one, as a rule those of the training data that are most like an example that was
/// predicted wrongly. The distance is Euclidean (L2), in one of two spaces: the inputs as the network gets them, or the activations of its
/// last hidden layer, where examples are near each other if the network finds them similar.
/// </summary>
/// <remarks>
/// Every example is compared, in double precision; the result has the same bits on every machine and depends on no number of threads.
/// Safe for concurrent use, as long as nothing changes the examples. The parameters are copied: later changes of the model do not matter.
/// </remarks>
public sealed class NearestExamples
{
    /// <summary>The most activations that are kept by default: 256 MB.</summary>
    public const int DefaultMostKept = 1 << 26;

    private readonly ExampleSpace space;
    private readonly FeatureTable examples;
    private readonly int[] rows; // which are searched, ascending
    private readonly float[]? points; // of these rows, [rows, dimensions]; null if they are computed when they are needed

    private NearestExamples(ExampleSpace space, FeatureTable examples, int[] rows, float[]? points)
    {
        (this.space, this.examples, this.rows, this.points) = (space, examples, rows, points);
    }

    /// <summary>Numbers of a point: the inputs of the network, or the units of its last hidden layer.</summary>
    public int Dimensions => space.Dimensions;

    /// <summary>How many of the examples are searched: all of them, unless their activations are too many to be kept.</summary>
    public int Count => rows.Length;

    /// <summary>Compares the inputs, scaled as the network gets them. Nothing is computed in advance.</summary>
    /// <param name="model">A single network.</param>
    /// <param name="examples">[examples, features] to search, not scaled.</param>
    /// <exception cref="ArgumentException">The features are not the model's.</exception>
    /// <exception cref="InvalidOperationException">The model is an ensemble: use one of its members.</exception>
    public static NearestExamples InInputs(Model model, FeatureTable examples)
    {
        var space = ExampleSpace.OfInputs(model);
        space.Require(examples, nameof(examples));
        return new NearestExamples(space, examples, [.. Enumerable.Range(0, examples.Rows)], null);
    }

    /// <summary>Compares the activations of the last hidden layer. Those of all examples are computed and kept.</summary>
    /// <param name="model">A single network with a hidden layer.</param>
    /// <param name="examples">[examples, features] to search, not scaled.</param>
    /// <param name="mostKept">
    /// The most activations to keep, 4 bytes each. If the examples have more, evenly spread ones are searched: see <see cref="Count"/>.
    /// </param>
    /// <param name="threads">Threads that compute the activations; 0 for one for each processor. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work after some rows.</param>
    /// <exception cref="ArgumentException">The features are not the model's.</exception>
    /// <exception cref="InvalidOperationException">The model has no hidden layer, or is an ensemble: use one of its members.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NearestExamples InLastHiddenLayer(
        Model model, FeatureTable examples, int mostKept = DefaultMostKept, int threads = 0, CancellationToken cancellationToken = default)
    {
        var space = ExampleSpace.OfLastHiddenLayer(model, threads);
        space.Require(examples, nameof(examples));
        int[] rows = RowSample.Spread(examples.Rows, Math.Max(1, mostKept / space.Dimensions));
        var points = new float[(long)rows.Length * space.Dimensions];
        float[] scratch = space.CreateScratch();
        for (int start = 0; start < rows.Length; start += space.Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(space.Block, rows.Length - start);
            space.Compute(
                examples, rows.AsSpan(start, count), points.AsSpan(start * space.Dimensions, count * space.Dimensions), scratch);
        }
        return new NearestExamples(space, examples, rows, points);
    }

    /// <summary>Finds the nearest examples.</summary>
    /// <param name="inputs">A table that has the example to compare with, not scaled.</param>
    /// <param name="row">The example's row.</param>
    /// <param name="most">The most examples to find, at least 1.</param>
    /// <param name="cancellationToken">Ends the work after some rows.</param>
    /// <returns>
    /// The nearest first; those at the same distance in the order of the data. An example whose distance is not a number is never found.
    /// </returns>
    /// <exception cref="ArgumentException">The features are not the model's, there is no such row, or none is asked for.</exception>
    /// <exception cref="InvalidInputException">An input of the example, or an activation, is infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<NearExample> Find(FeatureTable inputs, int row, int most, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        double[] from = PointOf(inputs, row);
        var found = new List<NearExample>(); // with squared distances, ascending
        float[] buffer = points is null ? new float[space.Block * Dimensions] : [];
        for (int start = 0; start < rows.Length; start += space.Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(space.Block, rows.Length - start);
            var block = Block(start, count, buffer);
            for (int i = 0; i < count; i++)
                Keep(found, new(rows[start + i], SquaredDistance.Measure(from, block.Slice(i * Dimensions, Dimensions))), most);
        }
        return [.. found.Select(near => near with { Distance = Math.Sqrt(near.Distance) })];
    }

    /// <inheritdoc/>
    public override string ToString() => $"nearest of {Count} examples by {Dimensions} {(points is null ? "inputs" : "activations")}";

    private double[] PointOf(FeatureTable inputs, int row)
    {
        space.Require(inputs, nameof(inputs));
        var point = new float[Dimensions];
        space.Compute(inputs, [row], point, space.CreateScratch());
        return Array.TrueForAll(point, float.IsFinite)
            ? Array.ConvertAll(point, value => (double)value)
            : throw new InvalidInputException(
                "cannot find the nearest examples", $"example {row}", "an input or an activation is infinite or not a number",
                "Use finite features with the magnitude of the training data.");
    }

    private ReadOnlySpan<float> Block(int start, int count, float[] buffer)
    {
        if (points is not null)
            return points.AsSpan(start * Dimensions, count * Dimensions);
        var block = buffer.AsSpan(0, count * Dimensions);
        space.Compute(examples, rows.AsSpan(start, count), block, []);
        return block;
    }

    // Rows come in ascending order: of equal distances, the earlier one stays before the later one.
    private static void Keep(List<NearExample> found, NearExample candidate, int most)
    {
        if (double.IsNaN(candidate.Distance) || (found.Count == most && !(candidate.Distance < found[^1].Distance)))
            return;
        if (found.Count == most)
            found.RemoveAt(most - 1);
        int place = found.Count;
        while (place > 0 && candidate.Distance < found[place - 1].Distance)
            place--;
        found.Insert(place, candidate);
    }
}
