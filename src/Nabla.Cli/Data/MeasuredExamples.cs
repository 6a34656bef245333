namespace Nabla.Cli;

/// <summary>The examples of some data on which a model is measured.</summary>
/// <param name="Examples">The examples.</param>
/// <param name="Rows">The number of each in the data, from 1.</param>
/// <param name="Description">What they are, for readers.</param>
internal sealed record MeasuredExamples(Dataset Examples, IReadOnlyList<int> Rows, string Description)
{
    /// <summary>What is added to the description of examples from which the model has learned.</summary>
    public const string Learned = ", from which the model has learned: it predicts new ones less well";

    /// <summary>Test examples of data.</summary>
    public static MeasuredExamples Test(Dataset test, string name) => All(test, $"the {test.Count} test examples of {name}");

    /// <summary>Examples that a training run held out.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="rows">Their numbers among those of the source, from 0.</param>
    /// <param name="source">The training data.</param>
    public static MeasuredExamples HeldOut(Dataset examples, int[] rows, LoadedData source) => new(
        examples, [.. rows.Select(row => (source.Rows?[row] ?? row) + 1)],
        $"the {rows.Length} of {source.Train.Count} examples of {source.Request.Name} that the training run held out");

    /// <summary>All examples of a data set.</summary>
    public static MeasuredExamples All(Dataset examples, string description) =>
        new(examples, [.. Enumerable.Range(1, examples.Count)], description);

    /// <summary>All training examples of loaded data.</summary>
    /// <param name="loaded">The data.</param>
    /// <param name="isLearned">Whether the model has learned from them.</param>
    public static MeasuredExamples Train(LoadedData loaded, bool isLearned) => new(
        loaded.Train, [.. (loaded.Rows ?? Enumerable.Range(0, loaded.Train.Count)).Select(row => row + 1)],
        $"all {loaded.Train.Count} examples of {loaded.Request.Name}{(isLearned ? Learned : "")}");
}
