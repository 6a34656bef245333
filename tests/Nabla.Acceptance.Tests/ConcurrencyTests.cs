using Nabla.Tables;

namespace Nabla.Acceptance.Tests;

/// <summary>Eight threads share a classifier, and get the predictions of one thread, bit for bit.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Threads = 8;
    private const int PredictionsPerThread = 100_000;
    private const int PredictionsBetweenBatches = 1_000;

    private readonly string folder = Directory.CreateTempSubdirectory("nabla-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact(Explicit = true)]
    public void Eight_threads_share_a_classifier_of_bytes()
    {
        var (model, data) = SmallModels.Bytes(folder);
        Compare(model, data, example => model.Predict(Row(data.Inputs.Bytes, data, example)), () => data.Inputs);
    }

    [Fact(Explicit = true)]
    public void Eight_threads_share_a_classifier_of_floats()
    {
        var (model, data) = SmallModels.Floats(folder);
        Compare(model, data, example => model.Predict(Row(data.Inputs.Floats, data, example)), () => data.Inputs);
    }

    [Fact(Explicit = true)]
    public void Eight_threads_share_a_classifier_of_a_table_and_its_encoding()
    {
        var (model, data, encoding, path) = SmallModels.Table(folder);
        Compare(
            model, data, example => model.Predict(Row(data.Inputs.Floats, data, example)),
            () => encoding.EncodeInputs(Table.FromCsv(path)).Features);
    }

    /// <summary>Compares single and batch predictions of many threads with a batch prediction of one thread.</summary>
    /// <param name="model">What all threads share.</param>
    /// <param name="data">Examples.</param>
    /// <param name="single">Predicts one example.</param>
    /// <param name="batch">The inputs of all examples, for batch prediction.</param>
    private static void Compare(Classifier model, Dataset data, Func<int, Prediction> single, Func<FeatureTable> batch)
    {
        Prediction[] expected = [.. model.Predict(data.Inputs)];
        Assert.True(expected.DistinctBy(each => each.ClassName).Count() > 1, "A model that always says the same tests nothing.");
        int differences = 0;
        Task[] tasks = [.. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < PredictionsPerThread; i++)
                {
                    int example = (i + 61 * thread) % data.Count;
                    if (!Same(single(example), expected[example]))
                        Interlocked.Increment(ref differences);
                    if (i % PredictionsBetweenBatches != 0)
                        continue;
                    int different = model.Predict(batch()).Zip(expected).Count(pair => !Same(pair.First, pair.Second));
                    Interlocked.Add(ref differences, different);
                }
            },
            TaskCreationOptions.LongRunning))]; // Threads of their own: the thread pool might run fewer than eight at once.
        Task.WaitAll(tasks);
        Assert.Equal(0, differences);
    }

    private static bool Same(Prediction a, Prediction b) => a.ClassName == b.ClassName && a.Scores.SequenceEqual(b.Scores);

    private static ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> values, Dataset data, int example) =>
        values.Slice(example * data.Inputs.Columns, data.Inputs.Columns);
}
