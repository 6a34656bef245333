using Nabla.Explain;
using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Trains with the reference: one example at a time, in double precision. The fast engine is compared with it.</summary>
internal sealed class PerExampleEngine : ITrainingEngine
{
    private readonly TrainingStart start;
    private readonly Dataset data;
    private readonly ReferenceTrainer trainer;
    private readonly bool drops;
    private float[] scaled = [];   // [examples, inputs]
    private double[] xs = [];      // [examples, inputs]
    private double[] ys = [];      // [examples, outputs]
    private double[] weights = []; // [examples], or empty
    private double[] dropout = []; // [examples, hidden neurons], or empty

    /// <param name="start">The network to train, and the options.</param>
    /// <param name="data">The training data.</param>
    public PerExampleEngine(TrainingStart start, Dataset data)
    {
        var options = start.Options;
        this.start = start;
        this.data = data;
        drops = start.Network.Topology.Layers.Any(layer => layer.Dropout > 0);
        trainer = new ReferenceTrainer(
            ReferenceNetworks.Create(start.Network, options.Loss!), ReferenceNetworks.Create(options.Optimizer),
            options.Optimizer.WeightDecay, ReferenceNetworks.LearningRateFactors(start.Network.Topology),
            options.ClipNorm ?? double.PositiveInfinity, options.ClipValue ?? double.PositiveInfinity, options.InputFactorRate ?? 0.0);
    }

    /// <inheritdoc/>
    public double Step(ReadOnlySpan<int> rows, in StepContext context)
    {
        int inputs = data.Inputs.Columns, outputs = data.Targets.Width;
        if (scaled.Length != rows.Length * inputs)
        {
            (scaled, xs, ys) = (new float[rows.Length * inputs], new double[rows.Length * inputs], new double[rows.Length * outputs]);
            weights = new double[data.HasWeights ? rows.Length : 0];
            dropout = new double[drops ? rows.Length * trainer.Network.HiddenNeurons : 0];
        }
        ReadInputs(rows, context.Epoch);
        for (int i = 0; i < scaled.Length; i++)
            xs[i] = scaled[i];
        for (int i = 0; i < rows.Length; i++)
            ReadTarget(rows[i], ys.AsSpan(i * outputs, outputs));
        for (int i = 0; i < weights.Length; i++)
            weights[i] = data.Weights[rows[i]];
        if (drops)
            ReferenceNetworks.Fill(dropout, start.Network.Topology, new DropoutDraw(start.Options.Seed, context.Epoch), rows);
        return trainer.UpdateMiniBatch(xs, ys, weights, context.LearningRate, dropout);
    }

    /// <summary>Scales the inputs of a batch, distorted as for the fast engine.</summary>
    private void ReadInputs(ReadOnlySpan<int> rows, int epoch)
    {
        var (augmentation, seed) = (start.Options.Augmentation, start.Options.Seed);
        if (augmentation.IsNone)
            start.Preprocessing.Apply(data.Inputs, rows, scaled);
        else
            start.Preprocessing.Apply(augmentation.Apply(data, rows, seed, epoch), [.. Enumerable.Range(0, rows.Length)], scaled);
    }

    /// <summary>Reads the target of an example: a one-hot vector, or standardized values.</summary>
    private void ReadTarget(int row, Span<double> y)
    {
        if (start.TargetScaling is not { } scaling)
        {
            OneHot.Encode(data.Classes.Labels[row], y);
            return;
        }
        // Rounded to floats, as in the fast engine.
        Span<float> standardized = new float[y.Length];
        scaling.Apply(data.Values.Values.Slice(row * y.Length, y.Length), standardized);
        for (int i = 0; i < y.Length; i++)
            y[i] = standardized[i];
    }

    /// <inheritdoc/>
    public void Publish()
    {
        float[] trained = [.. trainer.Network.Parameters.All.ToArray().Select(value => (float)value)];
        start.Network.Topology.FromByNeuron(trained, start.Network.EditParameters());
    }
}
