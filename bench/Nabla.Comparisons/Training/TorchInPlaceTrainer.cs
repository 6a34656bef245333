using static TorchSharp.torch;

namespace Nabla.Comparisons;

/// <summary>
/// Backpropagation written by hand on tensors: no autograd, no loss, updates in place; SGD's update is fused into the product of the weight
/// gradient.
/// </summary>
internal sealed class TorchInPlaceTrainer : ITrainer
{
    private readonly Workload workload;
    private readonly TorchNetwork network;
    private readonly Tensor first;      // Adam's mean of the gradients, flat
    private readonly Tensor second;     // and of their squares
    private int steps;

    public TorchInPlaceTrainer(Workload workload, Dataset data, bool transposed)
    {
        this.workload = workload;
        network = new TorchNetwork(workload, data, transposed);
        first = zeros_like(network.Parameters);
        second = zeros_like(network.Parameters);
    }

    public void Epoch()
    {
        using var noGradient = no_grad();
        for (int batch = 0; batch < network.Batches; batch++)
        {
            using var scope = NewDisposeScope();
            Step(batch);
        }
    }

    public float[] Parameters() => network.Parameters.data<float>().ToArray();

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        network.Dispose();
    }

    private void Step(int batch)
    {
        int last = network.Layers - 1;
        var activations = new Tensor[network.Layers + 1];
        activations[0] = network.Inputs.select(0, batch);
        for (int layer = 0; layer <= last; layer++)
        {
            var z = addmm(network.Biases[layer], activations[layer], network.Weights[layer].t(), 1, 1);
            activations[layer + 1] = layer < last || workload.Options.Loss == Loss.Quadratic ? Activate(z) : nn.functional.softmax(z, 1);
        }
        var delta = activations[last + 1].sub(network.Targets.narrow(0, batch * workload.Batch, workload.Batch));
        if (workload.Options.Loss == Loss.Quadratic)
            MultiplyByDerivative(delta, activations[last + 1]);
        for (int layer = last; layer >= 0; layer--)
        {
            var below = layer > 0 ? delta.mm(network.Weights[layer]) : null;
            Learn(layer, delta, activations[layer]);
            if (layer > 0)
                MultiplyByDerivative(delta = below!, activations[layer]);
        }
        if (workload.Options.Optimizer is AdamOptions options)
            AdamStep(options);
    }

    private void Learn(int layer, Tensor delta, Tensor below)
    {
        if (workload.Options.Optimizer is AdamOptions)
        {
            network.WeightGradients[layer].addmm_(delta.t(), below, 0, 1f / workload.Batch);
            network.BiasGradients[layer].copy_(delta.sum(dim: 0).mul_(1f / workload.Batch));
            return;
        }
        float rate = workload.Options.Optimizer.LearningRate / workload.Batch;
        network.Weights[layer].addmm_(delta.t(), below, 1, -rate);
        network.Biases[layer].add_(delta.sum(dim: 0), -rate);
    }

    private void AdamStep(AdamOptions options)
    {
        steps++;
        double correction1 = 1 - Math.Pow(options.Beta1, steps), correction2 = 1 - Math.Pow(options.Beta2, steps);
        first.mul_(options.Beta1).add_(network.Gradient, 1 - options.Beta1);
        second.mul_(options.Beta2).addcmul_(network.Gradient, network.Gradient, 1 - options.Beta2);
        var root = second.sqrt().mul_(1 / Math.Sqrt(correction2)).add_(options.Epsilon);
        network.Parameters.addcdiv_(first, root, -options.LearningRate / correction1);
    }

    private Tensor Activate(Tensor z) => workload.Options.Activation.Name switch
    {
        "sigmoid" => z.sigmoid_(),
        "tanh" => z.tanh_(),
        "selu" => z.selu_(),
        _ => z.relu_(),
    };

    private void MultiplyByDerivative(Tensor delta, Tensor a)
    {
        switch (workload.Options.Activation.Name)
        {
            case "sigmoid": delta.mul_(a).mul_(1 - a); break;
            case "tanh": delta.mul_(1 - a * a); break;
            case "selu": delta.mul_(where(a.gt(0), Selu.Scale, a.add(Selu.Scale * Selu.Alpha))); break;
            default: delta.mul_(a.gt(0)); break;
        }
    }
}
