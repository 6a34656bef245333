using static TorchSharp.torch;

namespace Nabla.Comparisons;

/// <summary>Nabla's initial parameters, the scaled inputs and the targets as tensors: the start of every TorchSharp variant.</summary>
internal sealed class TorchNetwork : IDisposable
{
    /// <summary>Prepares the tensors.</summary>
    /// <param name="workload">What is trained.</param>
    /// <param name="data">Whole batches.</param>
    /// <param name="transposed">Whether each batch of inputs lies in memory as [features, examples]; its shape is the same.</param>
    public TorchNetwork(Workload workload, Dataset data, bool transposed)
    {
        var model = new Training<Classifier>(data, workload.Options).Model;
        var network = model.Network;
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        var scaled = new float[data.Count * data.Inputs.Columns];
        model.Preprocessing.Apply(data.Inputs, rows, scaled);
        Batches = data.Count / workload.Batch;
        using var scope = NewDisposeScope();
        var inputs = tensor(scaled, [Batches, workload.Batch, data.Inputs.Columns]);
        Inputs = transposed ? inputs.transpose(1, 2).contiguous().transpose(1, 2) : inputs;
        Labels = tensor(data.Classes.Labels.ToArray().Select(label => (long)label).ToArray());
        Targets = nn.functional.one_hot(Labels, workload.Sizes[^1]).to(float32);
        Parameters = tensor(network.Topology.ByNeuron(network.Parameters));
        Gradient = zeros_like(Parameters);
        Layers = network.Topology.LayerCount;
        Weights = View(Parameters, network, weights: true);
        Biases = View(Parameters, network, weights: false);
        WeightGradients = View(Gradient, network, weights: true);
        BiasGradients = View(Gradient, network, weights: false);
        Array.ForEach(All, tensor => tensor.DetachFromDisposeScope());
    }

    public int Layers { get; }

    public int Batches { get; }

    public Tensor Inputs { get; }           // [batches, examples, features]

    public Tensor Labels { get; }           // [examples], for nn's cross-entropy

    public Tensor Targets { get; }          // [examples, classes], one-hot

    public Tensor Parameters { get; }       // all of them, flat

    public Tensor Gradient { get; }         // the same shape

    public Tensor[] Weights { get; }        // views into Parameters, [outputs, inputs]

    public Tensor[] Biases { get; }         // views into Parameters, [outputs]

    public Tensor[] WeightGradients { get; }

    public Tensor[] BiasGradients { get; }

    private Tensor[] All =>
        [Inputs, Labels, Targets, Parameters, Gradient, .. Weights, .. Biases, .. WeightGradients, .. BiasGradients];

    public void Dispose() => Array.ForEach(All, tensor => tensor.Dispose());

    private static Tensor[] View(Tensor buffer, Network network, bool weights)
    {
        var layers = Enumerable.Range(0, network.Topology.LayerCount);
        return [.. layers.Select(layer => View(buffer, network, layer, weights))];
    }

    private static Tensor View(Tensor buffer, Network network, int layer, bool weights)
    {
        var span = weights ? network.Weights(layer) : network.Biases(layer);
        network.Parameters.Overlaps(span, out int offset);
        var flat = buffer.narrow(0, offset, span.Length);
        return weights ? flat.view(network.Topology.Outputs(layer), network.Topology.Inputs(layer)) : flat;
    }
}
