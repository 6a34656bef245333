using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Trains with the reference: one example after another, in double precision. The fast engine is compared with it.</summary>
internal sealed class PerExampleEngine : ITrainingEngine
{
    private readonly Classifier model;
    private readonly ReferenceTrainer trainer;
    private float[] scaled = []; // [examples, inputs]
    private double[] xs = [];    // [examples, inputs]
    private double[] ys = [];    // [examples, classes]

    public PerExampleEngine(Classifier model)
    {
        this.model = model;
        var options = model.Options;
        trainer = new ReferenceTrainer(
            ReferenceNetworks.Create(model.Network, options.Loss), CreateOptimizer(options.Optimizer), options.L2);
    }

    /// <inheritdoc/>
    public double Step(Dataset data, ReadOnlySpan<int> rows)
    {
        int inputs = data.Inputs.Columns, classes = data.ClassNames.Count;
        if (scaled.Length != rows.Length * inputs)
            (scaled, xs, ys) = (new float[rows.Length * inputs], new double[rows.Length * inputs], new double[rows.Length * classes]);
        model.Preprocessing.Apply(data.Inputs, rows, scaled);
        for (int i = 0; i < scaled.Length; i++)
            xs[i] = scaled[i];
        for (int i = 0; i < rows.Length; i++)
            OneHot.Encode(data.Labels[rows[i]], ys.AsSpan(i * classes, classes));
        return trainer.UpdateMiniBatch(xs, ys);
    }

    /// <inheritdoc/>
    public void Publish()
    {
        float[] trained = [.. trainer.Network.Parameters.All.ToArray().Select(value => (float)value)];
        model.Network.Topology.FromByNeuron(trained, model.Network.EditParameters());
    }

    private static ReferenceOptimizer CreateOptimizer(OptimizerOptions options) => options switch
    {
        SgdOptions sgd => new ReferenceSgd(sgd.LearningRate),
        AdamOptions adam => new ReferenceAdam(adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon),
        _ => throw new UsageException(
            "the per-example engine cannot use this optimizer", $"it does not support {options.GetType().Name}",
            "Use sgd or adam, or --engine vectorized."),
    };
}
