using System.Collections;

namespace Nabla;

/// <summary>Predictions for many examples. Stores the outputs, and creates a prediction when it is accessed.</summary>
internal sealed class PredictionList(float[] scores, IReadOnlyList<string> classNames) : IReadOnlyList<Prediction>
{
    private readonly int classes = classNames.Count;

    public int Count => scores.Length / classes;

    public Prediction this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return Prediction.Create(new ArraySegment<float>(scores, index * classes, classes), classNames);
        }
    }

    public IEnumerator<Prediction> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} predictions";
}
