namespace Nabla.Comparisons;

/// <summary>Nabla through its public API: raw bytes in, a label and scores out.</summary>
internal sealed class NablaPredictor(Classifier model, FeatureTable examples) : IPredictor
{
    private IReadOnlyList<Prediction> all = [];
    private Prediction? single;

    public string Name => NablaTrainer.Title;

    public int Threads => model.Options.Threads;

    public void One(int example) => single = model.Predict(examples.Bytes.Slice(example * examples.Columns, examples.Columns));

    public void All() => all = model.Predict(examples);

    public float[] ScoresOfSingles(int count) => [.. Enumerable.Range(0, count).SelectMany(example =>
    {
        One(example);
        return single!.Scores;
    })];

    public float[] ScoresOfAll() => [.. all.SelectMany(prediction => prediction.Scores)];

    public void Dispose()
    {
    }
}
