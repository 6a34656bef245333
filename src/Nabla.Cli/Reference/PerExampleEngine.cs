using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>Trains with the reference: one example after another, in double precision. The fast engine is compared with it.</summary>
internal sealed class PerExampleEngine : ITrainingEngine
{
    private readonly Network network;
    private readonly Preprocessing preprocessing;
    private readonly Dataset data;
    private readonly ReferenceTrainer trainer;
    private readonly ulong seed;
    private readonly bool drops;
    private float[] scaled = [];   // [examples, inputs]
    private double[] xs = [];      // [examples, inputs]
    private double[] ys = [];      // [examples, classes]
    private double[] weights = []; // [examples], or empty
    private double[] dropout = []; // [examples, hidden neurons], or empty

    public PerExampleEngine(Network network, Preprocessing preprocessing, TrainingOptions options, Dataset data)
    {
        this.network = network;
        this.preprocessing = preprocessing;
        this.data = data;
        seed = options.Seed;
        drops = network.Topology.Layers.Any(layer => layer.Dropout > 0);
        trainer = new ReferenceTrainer(
            ReferenceNetworks.Create(network, options.Loss), ReferenceNetworks.Create(options.Optimizer), options.Optimizer.L2,
            clipNorm: options.ClipNorm ?? double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public double Step(ReadOnlySpan<int> rows, in StepContext context)
    {
        int inputs = data.Inputs.Columns, classes = data.Targets.Width;
        if (scaled.Length != rows.Length * inputs)
        {
            (scaled, xs, ys) = (new float[rows.Length * inputs], new double[rows.Length * inputs], new double[rows.Length * classes]);
            weights = new double[data.HasWeights ? rows.Length : 0];
            dropout = new double[drops ? rows.Length * trainer.Network.HiddenNeurons : 0];
        }
        preprocessing.Apply(data.Inputs, rows, scaled);
        for (int i = 0; i < scaled.Length; i++)
            xs[i] = scaled[i];
        for (int i = 0; i < rows.Length; i++)
            OneHot.Encode(data.Classes.Labels[rows[i]], ys.AsSpan(i * classes, classes));
        for (int i = 0; i < weights.Length; i++)
            weights[i] = data.Weights[rows[i]];
        if (drops)
            ReferenceNetworks.Fill(dropout, network.Topology, new DropoutDraw(seed, context.Epoch), rows);
        return trainer.UpdateMiniBatch(xs, ys, weights, context.LearningRate, dropout);
    }

    /// <inheritdoc/>
    public void Publish()
    {
        float[] trained = [.. trainer.Network.Parameters.All.ToArray().Select(value => (float)value)];
        network.Topology.FromByNeuron(trained, network.EditParameters());
    }
}
