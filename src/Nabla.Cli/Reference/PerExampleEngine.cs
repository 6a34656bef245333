using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Trains with the reference: one example after another, in double precision. The fast engine is compared with it.</summary>
internal sealed class PerExampleEngine : ITrainingEngine
{
    private readonly Classifier model;
    private readonly Dataset data;
    private readonly ReferenceTrainer trainer;
    private float[] scaled = [];   // [examples, inputs]
    private double[] xs = [];      // [examples, inputs]
    private double[] ys = [];      // [examples, classes]
    private double[] weights = []; // [examples], or empty

    public PerExampleEngine(Classifier model, Dataset data)
    {
        this.model = model;
        this.data = data;
        var options = model.Options;
        trainer = new ReferenceTrainer(
            ReferenceNetworks.Create(model.Network, options.Loss), ReferenceNetworks.Create(options.Optimizer), options.Optimizer.L2,
            ReferenceNetworks.LearningRateFactors(model.Network.Topology), options.ClipNorm ?? double.PositiveInfinity,
            options.ClipValue ?? double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public double Step(ReadOnlySpan<int> rows, in StepContext context)
    {
        int inputs = data.Inputs.Columns, classes = data.Targets.Width;
        if (scaled.Length != rows.Length * inputs)
        {
            (scaled, xs, ys) = (new float[rows.Length * inputs], new double[rows.Length * inputs], new double[rows.Length * classes]);
            weights = new double[data.HasWeights ? rows.Length : 0];
        }
        model.Preprocessing.Apply(data.Inputs, rows, scaled);
        for (int i = 0; i < scaled.Length; i++)
            xs[i] = scaled[i];
        for (int i = 0; i < rows.Length; i++)
            OneHot.Encode(data.Classes.Labels[rows[i]], ys.AsSpan(i * classes, classes));
        for (int i = 0; i < weights.Length; i++)
            weights[i] = data.Weights[rows[i]];
        return trainer.UpdateMiniBatch(xs, ys, weights, context.LearningRate);
    }

    /// <inheritdoc/>
    public void Publish()
    {
        float[] trained = [.. trainer.Network.Parameters.All.ToArray().Select(value => (float)value)];
        model.Network.Topology.FromByNeuron(trained, model.Network.EditParameters());
    }
}
