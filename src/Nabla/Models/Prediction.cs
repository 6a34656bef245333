using System.Globalization;

namespace Nabla;

/// <summary>What a classifier says about one example. Immutable.</summary>
/// <param name="Label">Name of the class whose output is strongest.</param>
/// <param name="ClassIndex">Its number.</param>
/// <param name="Scores">The network's outputs, one for each class: probabilities with softmax, activations otherwise.</param>
public sealed record Prediction(string Label, int ClassIndex, IReadOnlyList<float> Scores)
{
    /// <summary>The strongest output.</summary>
    public float Score => Scores[ClassIndex];

    /// <summary>What the outputs for one example say.</summary>
    internal static Prediction Create(ArraySegment<float> scores, IReadOnlyList<string> classNames)
    {
        int strongest = Classification.Strongest(scores);
        return new Prediction(classNames[strongest], strongest, scores);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} ({Score:0.0000})");
}
