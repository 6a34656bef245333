using System.Numerics;

namespace Nabla;

/// <summary>Collects a classifier's outputs, example after example: what all metrics of classification are computed from.</summary>
/// <remarks>Once all examples are added it does not change, and is safe for concurrent use.</remarks>
/// <param name="targets">The right classes.</param>
/// <param name="output">The activation whose outputs are added; null if they are probabilities, to be used as they are.</param>
internal sealed class ClassScores(ClassTargets targets, Activation? output = null)
{
    /// <summary>The predicted class of an example with an output that is NaN.</summary>
    public const int NoClass = -1;

    private readonly double[][] rows = new double[targets.Count][];  // [examples], [classes] each
    private readonly int[] predictions = new int[targets.Count];     // [examples]
    private int done;                                                // examples that have been added

    /// <summary>Number of examples.</summary>
    public int Count => targets.Count;

    /// <summary>Number of classes.</summary>
    public int Classes => targets.Width;

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> Names => targets.Names;

    /// <summary>The right class of each example.</summary>
    public ReadOnlySpan<int> Labels => targets.Labels;

    /// <summary>The class with the largest output, the first of several; <see cref="NoClass"/> if an output is NaN.</summary>
    public ReadOnlySpan<int> Predictions => predictions;

    /// <summary>Number of examples with an output that is NaN.</summary>
    public int WithoutPrediction { get; private set; }

    /// <summary>Why scores are not probabilities; null if they are.</summary>
    public string? WhyNoProbabilities =>
        output is { GivesProbabilities: false } ? $"outputs of {output.Name} are not probabilities" : null;

    /// <summary>Why metrics that need the scores of all examples are undefined; null if they are defined.</summary>
    public string? WhyNoScores => Count == 0 ? ModelReport.NoExamples
        : WithoutPrediction > 0 ? $"the outputs of {WithoutPrediction} of {Count} examples are NaN"
        : null;

    /// <summary>Scores of one example, [classes]: probabilities, or outputs that are not probabilities as they are.</summary>
    public ReadOnlySpan<double> Row(int example) => rows[example];

    /// <inheritdoc cref="Row"/>
    public IReadOnlyList<double> List(int example) => rows[example].AsReadOnly();

    /// <summary>Adds the outputs of the next examples.</summary>
    /// <param name="outputs">[examples, classes].</param>
    public void Add<T>(ReadOnlySpan<T> outputs)
        where T : INumber<T>
    {
        for (int start = 0; start < outputs.Length; start += Classes)
        {
            var row = new double[Classes];
            for (int i = 0; i < row.Length; i++)
                row[i] = double.CreateTruncating(outputs[start + i]);
            if (output is { GivesProbabilities: true })
                Normalize(row);
            rows[done] = row;
            predictions[done] = Strongest(row);
            WithoutPrediction += predictions[done] == NoClass ? 1 : 0;
            done++;
        }
    }

    /// <summary>The metrics.</summary>
    /// <param name="loss">Mean loss of the examples.</param>
    public ClassificationReport Report(double loss)
    {
        int correct = 0;
        for (int i = 0; i < Count; i++)
            correct += predictions[i] == Labels[i] ? 1 : 0;
        return new ClassificationReport(new ClassificationDetails(this), correct, loss);
    }

    /// <summary>
    /// Divides by the sum. Sigmoid outputs have any sum. Softmax outputs are floats, and the largest of them has few digits left where it
    /// is near 1: the others still have all of theirs. The order of outputs remains, and equal outputs remain equal.
    /// </summary>
    private static void Normalize(double[] row)
    {
        double sum = row.Sum();
        foreach (ref double score in row.AsSpan())
            score = sum == 0 ? 1.0 / row.Length : score / sum;
    }

    private static int Strongest(double[] row)
    {
        int strongest = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (double.IsNaN(row[i]))
                return NoClass;
            if (row[i] > row[strongest])
                strongest = i;
        }
        return strongest;
    }
}
