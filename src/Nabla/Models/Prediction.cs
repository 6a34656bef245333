using System.Globalization;

namespace Nabla;

/// <summary>A classifier's prediction for one example. Immutable.</summary>
/// <param name="ClassName">Name of the class with the largest output.</param>
/// <param name="ClassIndex">Number of that class.</param>
/// <param name="Scores">The network's outputs, one for each class: probabilities with softmax, activations otherwise.</param>
public sealed record Prediction(string ClassName, int ClassIndex, IReadOnlyList<float> Scores)
{
    /// <summary>The largest output: the score of the predicted class.</summary>
    public float Score => Scores[ClassIndex];

    /// <summary>Creates the prediction from the outputs for one example.</summary>
    internal static Prediction Create(ArraySegment<float> scores, IReadOnlyList<string> classNames)
    {
        int strongest = Classification.Strongest(scores);
        return new Prediction(classNames[strongest], strongest, scores);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ClassName} ({Score:0.0000})");
}
