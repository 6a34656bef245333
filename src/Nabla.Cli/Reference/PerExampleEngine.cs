using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Trains with the reference: one example after another, in double precision. The fast engine is compared with it.</summary>
internal sealed class PerExampleEngine : ITrainingEngine
{
    private readonly Model model;
    private readonly Dataset data;
    private readonly ReferenceTrainer trainer;
    private float[] scaled = [];   // [examples, inputs]
    private double[] xs = [];      // [examples, inputs]
    private double[] ys = [];      // [examples, outputs]
    private double[] weights = []; // [examples], or empty

    public PerExampleEngine(Model model, Dataset data)
    {
        this.model = model;
        this.data = data;
        var options = model.Options;
        trainer = new ReferenceTrainer(
            ReferenceNetworks.Create(model.Network, options.Loss!), ReferenceNetworks.Create(options.Optimizer), options.Optimizer.L2,
            clipNorm: options.ClipNorm ?? double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public double Step(ReadOnlySpan<int> rows, in StepContext context)
    {
        int inputs = data.Inputs.Columns, outputs = data.Targets.Width;
        if (scaled.Length != rows.Length * inputs)
        {
            (scaled, xs, ys) = (new float[rows.Length * inputs], new double[rows.Length * inputs], new double[rows.Length * outputs]);
            weights = new double[data.HasWeights ? rows.Length : 0];
        }
        model.Preprocessing.Apply(data.Inputs, rows, scaled);
        for (int i = 0; i < scaled.Length; i++)
            xs[i] = scaled[i];
        for (int i = 0; i < rows.Length; i++)
            ReadTarget(rows[i], ys.AsSpan(i * outputs, outputs));
        for (int i = 0; i < weights.Length; i++)
            weights[i] = data.Weights[rows[i]];
        return trainer.UpdateMiniBatch(xs, ys, weights, context.LearningRate);
    }

    /// <summary>What the outputs should be for an example: a one-hot vector, or standardized values.</summary>
    private void ReadTarget(int row, Span<double> y)
    {
        if (model.TargetScaling is not { } scaling)
        {
            OneHot.Encode(data.Classes.Labels[row], y);
            return;
        }
        // As floats, which is what the fast engine learns.
        Span<float> standardized = new float[y.Length];
        scaling.Apply(data.Values.Values.Slice(row * y.Length, y.Length), standardized);
        for (int i = 0; i < y.Length; i++)
            y[i] = standardized[i];
    }

    /// <inheritdoc/>
    public void Publish()
    {
        float[] trained = [.. trainer.Network.Parameters.All.ToArray().Select(value => (float)value)];
        model.Network.Topology.FromByNeuron(trained, model.Network.EditParameters());
    }
}
