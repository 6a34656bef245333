using System.Runtime.InteropServices;

namespace Nabla.Cli;

/// <summary>The predictions of a model for some examples, each predicted alone, to compare others with. Safe for concurrent use.</summary>
internal sealed class SamplePredictions
{
    private readonly Model model;
    private readonly FeatureTable examples;

    /// <param name="run">Trains the model.</param>
    /// <param name="seed">The seed of its training run.</param>
    public SamplePredictions(SampleRun run, ulong seed)
    {
        Name = run.Name;
        (model, examples) = run.Train(seed, 0);
        Expected = [.. Enumerable.Range(0, examples.Rows).Select(row => Predict(examples.Select([row]))[0])];
        if (Expected.DistinctBy(outputs => string.Join(' ', outputs)).Count() < examples.Rows / 4)
            throw new InvalidOperationException($"The predictions of {Name} are too much alike to find differences.");
    }

    /// <summary>The training run.</summary>
    public string Name { get; }

    /// <summary>The predictions of each example alone, [examples][outputs].</summary>
    public double[][] Expected { get; }

    /// <summary>The predictions of all training runs.</summary>
    public static SamplePredictions[] OfAllRuns(ulong seed, CancellationToken interruption) => [.. SampleRun.All.Select(run =>
    {
        interruption.ThrowIfCancellationRequested();
        return new SamplePredictions(run, seed);
    })];

    /// <summary>Draws examples, which may occur several times.</summary>
    public int[] Draw(Random random, int count)
    {
        int[] rows = new int[count];
        foreach (ref int row in rows.AsSpan())
            row = random.Next(examples.Rows);
        return rows;
    }

    /// <summary>Predicts examples as one batch.</summary>
    /// <returns>What differs first; null if nothing does.</returns>
    public string? CompareBatch(int[] rows)
    {
        var predicted = Predict(examples.Select(rows));
        for (int place = 0; place < rows.Length; place++)
        {
            if (!Same(predicted[place], Expected[rows[place]]))
                return Difference(rows[place], $"at place {place} of a batch of {rows.Length}", predicted[place]);
        }
        return null;
    }

    /// <summary>Predicts one example by the method for single examples.</summary>
    /// <returns>What differs; null if nothing does.</returns>
    public string? CompareOne(int row)
    {
        var predicted = PredictOne(row);
        return Same(predicted, Expected[row]) ? null : Difference(row, "as a single example", predicted);
    }

    private string Difference(int row, string where, double[] predicted) =>
        $"differs: {Name}, example {row} {where}: [{Text(predicted)}], not [{Text(Expected[row])}]";

    private static string Text(double[] outputs) =>
        string.Join(' ', outputs.Select(output => BitConverter.DoubleToInt64Bits(output).ToString("x16", null)));

    // As bits: 0 is not -0.
    private static bool Same(double[] one, double[] other) =>
        MemoryMarshal.Cast<double, long>(one).SequenceEqual(MemoryMarshal.Cast<double, long>(other));

    private IReadOnlyList<double[]> Predict(FeatureTable table) => model is Classifier classifier
        ? [.. classifier.Predict(table).Select(Scores)]
        : ((Regressor)model).Predict(table);

    private double[] PredictOne(int row)
    {
        if (examples.IsBytes)
            return Predict(examples.ByteRow(row));
        return Predict(Example(row));
    }

    private double[] Predict(ReadOnlySpan<byte> example) =>
        model is Classifier classifier ? Scores(classifier.Predict(example)) : ((Regressor)model).Predict(example);

    private double[] Predict(ReadOnlySpan<double> example) =>
        model is Classifier classifier ? Scores(classifier.Predict(example)) : ((Regressor)model).Predict(example);

    /// <summary>An example as the numbers that the table was made from.</summary>
    private double[] Example(int row)
    {
        double[] values = new double[examples.Columns];
        for (int column = 0; column < values.Length; column++)
        {
            values[column] = examples.FloatRow(row)[column];
            if (!examples.Origins.IsEmpty)
                values[column] += examples.Origins[column];
        }
        return values;
    }

    private static double[] Scores(Prediction prediction) => [.. prediction.Scores.Select(score => (double)score)];
}
