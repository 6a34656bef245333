namespace Nabla.Explain;

/// <summary>Where examples are points: among the scaled inputs of a network, or the activations of its last hidden layer.</summary>
internal sealed class ExampleSpace
{
    // Inputs that are scaled at a time: they stay in a cache. A product wants more rows.
    private const int FewValues = 1 << 16, ManyValues = 1 << 20;

    private readonly Model model;
    private readonly Predictor? hidden; // of the hidden layers alone; null for the inputs
    private readonly int inputs;

    private ExampleSpace(Model model, Predictor? hidden, int dimensions)
    {
        (this.model, this.hidden, Dimensions) = (model, hidden, dimensions);
        inputs = model.Topology.Inputs(0);
        Block = Math.Max(1, (hidden is null ? FewValues : ManyValues) / inputs);
    }

    public int Dimensions { get; }

    /// <summary>Rows to compute at a time.</summary>
    public int Block { get; }

    public static ExampleSpace OfInputs(Model model)
    {
        _ = model.Preprocessing; // An ensemble has none of its own.
        return new ExampleSpace(model, null, model.Topology.Inputs(0));
    }

    public static ExampleSpace OfLastHiddenLayer(Model model, int threads)
    {
        var (network, topology) = (model.Network, model.Topology);
        if (topology.LayerCount == 1)
            throw new InvalidOperationException("The network has no hidden layer: compare the inputs.");
        var below = new Network(new Topology(
            topology.Inputs(0), [.. topology.Layers.SkipLast(1).Select(layer => new Layer(layer.Outputs, layer.Activation))]));
        var parameters = below.EditParameters();
        for (int layer = 0; layer < below.Topology.LayerCount; layer++)
        {
            network.Weights(layer).CopyTo(below.Topology.Weights(parameters, layer));
            network.Biases(layer).CopyTo(below.Topology.Biases(parameters, layer));
        }
        return new ExampleSpace(model, new Predictor(below, threads), below.Topology.Sizes[^1]);
    }

    /// <summary>Requires that examples are such as the model takes.</summary>
    public void Require(FeatureTable table, string name)
    {
        if (table.Columns != inputs || table.IsBytes != model.TakesBytes)
            throw new ArgumentException($"The model takes {inputs} {(model.TakesBytes ? "bytes" : "floats")}, not {table}.", name);
    }

    /// <summary>Room for the scaled inputs of a block; none if they are the points.</summary>
    public float[] CreateScratch() => hidden is null ? [] : new float[Block * inputs];

    /// <summary>Computes the points of some rows.</summary>
    /// <param name="table">[rows, features], not scaled.</param>
    /// <param name="rows">Which rows, at most a block.</param>
    /// <param name="points">Receives [rows, dimensions].</param>
    /// <param name="scratch">From <see cref="CreateScratch"/>.</param>
    public void Compute(FeatureTable table, ReadOnlySpan<int> rows, Span<float> points, float[] scratch)
    {
        if (hidden is null)
        {
            model.Preprocessing.Apply(table, rows, points);
            return;
        }
        var scaled = scratch.AsSpan(0, rows.Length * inputs);
        model.Preprocessing.Apply(table, rows, scaled);
        hidden.Predict(scaled, points);
    }
}
