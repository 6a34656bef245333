using Nabla.Kernels;

namespace Nabla;

public sealed partial class Regressor
{
    /// <summary>Creates an ensemble: it predicts the mean of its members' predictions, in the units of the targets.</summary>
    /// <param name="members">
    /// At least one regressor, none an ensemble itself. They have the same topology, targets, input shape, kind of inputs and options,
    /// apart from seed and threads; each has its own scaling of inputs and targets. They become <see cref="Members"/>, and are not copied.
    /// Their <see cref="Model.Notes"/> are not used.
    /// </param>
    /// <exception cref="ArgumentException">There are no members, or they do not go together.</exception>
    public static Regressor Average(IReadOnlyList<Regressor> members) => new(members, options: null);

    static Regressor ITrainable<Regressor>.Average(IReadOnlyList<Regressor> members, TrainingOptions options) => new(members, options);

    static ModelReport ITrainable<Regressor>.MeasureFolds(Dataset data, IReadOnlyList<(Regressor Model, int[] Rows)> folds)
    {
        int width = data.Values.Width;
        var predictions = new double[BufferSize.Elements("the predictions", sizeof(double), data.Count, width)]; // [examples, targets]
        double lossSum = 0;
        foreach (var (model, rows) in folds)
        {
            int done = 0;
            lossSum += model.Measure(data.Select(rows), batch =>
            {
                for (int i = 0; i < batch.Length; i += width)
                    batch.AsSpan(i, width).CopyTo(predictions.AsSpan(rows[done++] * width));
            });
        }
        var errors = new RegressionErrors(data.Values);
        var details = new RegressionDetails(data.Values, errors);
        errors.Add(predictions);
        details.Add(predictions);
        return errors.Report(lossSum / data.Count, details);
    }

    private delegate double[] ValuesOf<T>(Regressor model, ReadOnlySpan<T> example);

    /// <summary>The predictions for one example, [targets].</summary>
    /// <param name="example">Raw features.</param>
    /// <param name="compute">Computes the predictions of a single network.</param>
    private double[] Values<T>(ReadOnlySpan<T> example, ValuesOf<T> compute)
    {
        if (Members.Count == 0)
            return compute(this, example);
        var mean = new MemberMean(Members.Count, TargetNames.Count);
        foreach (var member in Members)
            mean.Add<double>(compute(member, example));
        return mean.ToDoubles();
    }

    /// <summary>The predictions for all rows of a table, [examples, targets].</summary>
    private double[] Values(FeatureTable examples)
    {
        if (Members.Count == 0)
            return ScaleBack(ComputeOutputs(examples));
        var mean = new MemberMean(
            Members.Count, BufferSize.Elements("the predictions", sizeof(double), examples.Rows, TargetNames.Count));
        foreach (var member in Members)
            mean.Add<double>(member.Values(examples));
        return mean.ToDoubles();
    }

    /// <returns>The mean of the sums of the members' losses, each of the targets as the member standardizes them.</returns>
    private double MeasureMembers(Dataset data, Action<double[]> measure)
    {
        var mean = new MemberMean(Members.Count, BufferSize.Elements("the predictions", sizeof(double), data.Count, TargetNames.Count));
        double lossSum = 0;
        foreach (var member in Members)
        {
            int start = 0;
            lossSum += member.Measure(data, predictions =>
            {
                mean.Add<double>(predictions, start);
                start += predictions.Length;
            });
        }
        measure(mean.ToDoubles());
        return lossSum / Members.Count;
    }
}
