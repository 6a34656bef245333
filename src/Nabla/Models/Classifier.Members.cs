using Nabla.Kernels;

namespace Nabla;

public sealed partial class Classifier
{
    /// <summary>
    /// Creates an ensemble: its outputs are the mean of its members' outputs, that is, of their probabilities if outputs are softmax.
    /// </summary>
    /// <param name="members">
    /// At least one classifier, none an ensemble itself. They have the same topology, classes, input shape, kind of inputs and options,
    /// apart from seed and threads. They become <see cref="Members"/>, and are not copied. Their <see cref="Model.Notes"/> are not used.
    /// </param>
    /// <exception cref="ArgumentException">There are no members, or they do not go together.</exception>
    public static Classifier Average(IReadOnlyList<Classifier> members) => new(members, options: null);

    static Classifier ITrainable<Classifier>.Average(IReadOnlyList<Classifier> members, TrainingOptions options) => new(members, options);

    static ModelReport ITrainable<Classifier>.MeasureFolds(Dataset data, IReadOnlyList<(Classifier Model, int[] Rows)> folds)
    {
        int width = data.Classes.Width;
        var outputs = new float[BufferSize.Elements("the outputs", sizeof(float), data.Count, width)]; // [examples, classes]
        double lossSum = 0;
        foreach (var (model, rows) in folds)
        {
            int done = 0;
            lossSum += model.Measure(data.Select(rows), (_, batch) =>
            {
                for (int i = 0; i < batch.Length; i += width)
                    batch.Slice(i, width).CopyTo(outputs.AsSpan(rows[done++] * width));
            });
        }
        var scores = new ClassScores(data.Classes, folds[0].Model.Topology.OutputActivation);
        scores.Add<float>(outputs);
        return scores.Report(lossSum / data.Count);
    }

    private delegate float[] OutputsOf<T>(Classifier model, ReadOnlySpan<T> example);

    /// <summary>The outputs for one example, [classes].</summary>
    /// <param name="example">Raw features.</param>
    /// <param name="compute">Computes the outputs of a single network.</param>
    private float[] Outputs<T>(ReadOnlySpan<T> example, OutputsOf<T> compute)
    {
        if (Members.Count == 0)
            return compute(this, example);
        var mean = new MemberMean(Members.Count, ClassNames.Count);
        foreach (var member in Members)
            mean.Add<float>(compute(member, example));
        return mean.ToFloats();
    }

    /// <summary>The outputs for all rows of a table, [examples, classes].</summary>
    private float[] Outputs(FeatureTable examples)
    {
        if (Members.Count == 0)
            return ComputeOutputs(examples);
        var mean = new MemberMean(
            Members.Count, BufferSize.Elements("the outputs", sizeof(double), examples.Rows, ClassNames.Count));
        foreach (var member in Members)
            mean.Add<float>(member.ComputeOutputs(examples));
        return mean.ToFloats();
    }

    /// <returns>The mean of the sums of the members' losses.</returns>
    private double MeasureMembers(Dataset data, BatchMeasure measure)
    {
        var mean = new MemberMean(Members.Count, BufferSize.Elements("the outputs", sizeof(double), data.Count, ClassNames.Count));
        double lossSum = 0;
        foreach (var member in Members)
        {
            int start = 0;
            lossSum += member.Measure(data, (_, outputs) =>
            {
                mean.Add(outputs, start);
                start += outputs.Length;
            });
        }
        measure(data.Classes.Labels, mean.ToFloats());
        return lossSum / Members.Count;
    }
}
