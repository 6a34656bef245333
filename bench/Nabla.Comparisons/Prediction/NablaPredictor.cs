namespace Nabla.Comparisons;

/// <summary>Nabla through its public API: raw bytes in, a label and scores out.</summary>
internal sealed class NablaPredictor(Classifier model, FeatureTable examples) : IPredictor
{
    private readonly Prediction[] singles = new Prediction[PredictionContenders.Singles];
    private IReadOnlyList<Prediction> all = [];

    public void Singles()
    {
        for (int i = 0; i < singles.Length; i++)
            singles[i] = model.Predict(examples.Bytes.Slice(i * examples.Columns, examples.Columns));
    }

    public void All() => all = model.Predict(examples);

    public float[] Scores()
    {
        Singles();
        All();
        return [.. singles.Concat(all).SelectMany(prediction => prediction.Scores)];
    }

    public void Dispose()
    {
    }
}
