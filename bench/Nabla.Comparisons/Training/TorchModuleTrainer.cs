using static TorchSharp.torch;

namespace Nabla.Comparisons;

/// <summary>TorchSharp as its documentation shows it: nn.Sequential, a loss, backward(), an optimizer's step().</summary>
internal sealed class TorchModuleTrainer : ITrainer
{
    private readonly Workload workload;
    private readonly TorchNetwork network;
    private readonly nn.Module<Tensor, Tensor> model;
    private readonly TorchSharp.Modules.Linear[] layers;
    private readonly optim.Optimizer optimizer;

    public TorchModuleTrainer(Workload workload, Dataset data)
    {
        this.workload = workload;
        network = new TorchNetwork(workload, data, transposed: false);
        var modules = new List<nn.Module<Tensor, Tensor>>();
        for (int layer = 0; layer < network.Layers; layer++)
        {
            var linear = nn.Linear(workload.Sizes[layer], workload.Sizes[layer + 1]);
            using (no_grad())
            using (NewDisposeScope())
            {
                linear.weight!.copy_(network.Weights[layer]);
                linear.bias!.copy_(network.Biases[layer]);
            }
            modules.Add(linear);
            if (layer < network.Layers - 1 || workload.Options.Loss == Loss.Quadratic)
                modules.Add(Activation());
        }
        layers = [.. modules.OfType<TorchSharp.Modules.Linear>()];
        model = nn.Sequential(modules);
        float rate = workload.Options.Optimizer.LearningRate;
        optimizer = workload.Options.Optimizer is AdamOptions ? optim.Adam(model.parameters(), rate) : optim.SGD(model.parameters(), rate);
    }

    public void Epoch()
    {
        for (int batch = 0; batch < network.Batches; batch++)
        {
            using var scope = NewDisposeScope();
            var x = network.Inputs.select(0, batch);
            optimizer.zero_grad();
            LossOf(model.forward(x), batch).backward();
            optimizer.step();
        }
    }

    public float[] Parameters()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        for (int layer = 0; layer < layers.Length; layer++)
        {
            network.Weights[layer].copy_(layers[layer].weight!);
            network.Biases[layer].copy_(layers[layer].bias!);
        }
        return network.Parameters.data<float>().ToArray();
    }

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
        network.Dispose();
    }

    private Tensor LossOf(Tensor outputs, int batch) => workload.Options.Loss == Loss.Quadratic
        ? (outputs - network.Targets.narrow(0, batch * workload.Batch, workload.Batch)).pow(2).sum().mul(0.5f / workload.Batch)
        : nn.functional.cross_entropy(outputs, network.Labels.narrow(0, batch * workload.Batch, workload.Batch));

    private nn.Module<Tensor, Tensor> Activation() => workload.Options.Activation.Name switch
    {
        "sigmoid" => nn.Sigmoid(),
        "tanh" => nn.Tanh(),
        "selu" => nn.SELU(),
        _ => nn.ReLU(),
    };
}
