using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace Nabla.Comparisons;

/// <summary>
/// The same steps as a TorchScript function that runs a whole epoch without returning to .NET. Adam is either written with tensor
/// operations or libtorch's fused kernel.
/// </summary>
internal sealed class TorchScriptTrainer : ITrainer
{
    private readonly TorchNetwork network;
    private readonly jit.CompilationUnit program;
    private readonly Tensor[] moments;      // of Adam: means of the gradients and of their squares, flat; number of steps
    private readonly Tensor[] arguments;

    public TorchScriptTrainer(Workload workload, Dataset data, bool transposed, bool fused)
    {
        network = new TorchNetwork(workload, data, transposed);
        program = jit.compile(Source(workload, network.Layers, network.Batches, fused));
        moments = [zeros_like(network.Parameters), zeros_like(network.Parameters), zeros([])];
        arguments =
        [
            network.Inputs, network.Targets, network.Parameters, network.Gradient, .. moments,
            .. network.Weights, .. network.Biases, .. network.WeightGradients, .. network.BiasGradients,
        ];
    }

    public void Epoch()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        program.invoke("epoch", arguments);
    }

    public float[] Parameters() => network.Parameters.data<float>().ToArray();

    public void Dispose()
    {
        program.Dispose();
        Array.ForEach(moments, tensor => tensor.Dispose());
        network.Dispose();
    }

    private static string Source(Workload workload, int layers, int batches, bool fused)
    {
        bool quadratic = workload.Options.Loss == Loss.Quadratic;
        string activation = workload.Options.Activation.Name;
        IEnumerable<string> kinds = ["w", "b", "gw", "gb"];
        var names = kinds.SelectMany(name => Enumerable.Range(0, layers).Select(layer => $"{name}{layer}"));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"def epoch(x, t, p, g, m, v, s, {string.Join(", ", names)}):");
        // The fused step takes lists. The function returns the parameters' list: TorchScript drops a call that changes unused lists only.
        text.AppendLine("  ps, gs, ms, vs, ss = [p], [g], [m], [v], [s]");
        text.AppendLine(CultureInfo.InvariantCulture, $"  for i in range({batches}):");
        void Line(FormattableString line) => text.Append("    ").AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"a0 = x.select(0, i)");
        for (int layer = 0; layer < layers; layer++)
        {
            Line($"z{layer} = torch.addmm(b{layer}, a{layer}, w{layer}.t())");
            Line($"a{layer + 1} = {(layer < layers - 1 || quadratic ? $"torch.{activation}_(z{layer})" : $"torch.softmax(z{layer}, 1)")}");
        }
        Line($"d{layers} = a{layers} - t.narrow(0, i * {workload.Batch}, {workload.Batch})");
        if (quadratic)
            Line($"d{layers} = {Backward(activation, layers)}");
        for (int layer = layers - 1; layer >= 0; layer--)
        {
            if (layer > 0)
                Line($"d{layer} = torch.mm(d{layer + 1}, w{layer})");
            Learn(workload, layer, Line);
            if (layer > 0)
                Line($"d{layer} = {Backward(activation, layer)}");
        }
        if (workload.Options.Optimizer is AdamOptions adam)
            AdamStep(adam, fused, Line);
        text.AppendLine("  return ps");
        return text.ToString();
    }

    private static void AdamStep(AdamOptions adam, bool fused, Action<FormattableString> line)
    {
        line($"s.add_(1)");
        if (fused)
        {
            string options = string.Create(
                CultureInfo.InvariantCulture,
                $"lr={adam.LearningRate}, beta1={adam.Beta1}, beta2={adam.Beta2}, weight_decay=0.0, eps={adam.Epsilon:0.##########}");
            line($"torch._fused_adam_(ps, gs, ms, vs, [], ss, {options}, amsgrad=False, maximize=False)");
            return;
        }
        line($"k = float(s)");
        line($"m.mul_({adam.Beta1}).add_(g, alpha={1 - adam.Beta1})");
        line($"v.mul_({adam.Beta2}).addcmul_(g, g, value={1 - adam.Beta2})");
        line($"r = torch.sqrt(v).mul_(1.0 / (1.0 - {adam.Beta2} ** k) ** 0.5).add_({adam.Epsilon:0.##########})");
        line($"p.addcdiv_(m, r, value=-{adam.LearningRate} / (1.0 - {adam.Beta1} ** k))");
    }

    private static void Learn(Workload workload, int layer, Action<FormattableString> line)
    {
        if (workload.Options.Optimizer is AdamOptions)
        {
            line($"gw{layer}.addmm_(d{layer + 1}.t(), a{layer}, beta=0.0, alpha={1.0 / workload.Batch})");
            line($"gb{layer}.copy_(d{layer + 1}.sum(0).mul_({1.0 / workload.Batch}))");
            return;
        }
        float rate = workload.Options.Optimizer.LearningRate / workload.Batch;
        line($"w{layer}.addmm_(d{layer + 1}.t(), a{layer}, beta=1.0, alpha={-rate:0.##########})");
        line($"b{layer}.add_(d{layer + 1}.sum(0), alpha={-rate:0.##########})");
    }

    private static string Backward(string activation, int layer) => activation switch
    {
        "relu" => $"torch.threshold_backward(d{layer}, a{layer}, 0)",
        // From the result: alpha, scale, the factor of the input, whether it is the result.
        "selu" => string.Create(
            CultureInfo.InvariantCulture, $"torch.elu_backward(d{layer}, {Selu.Alpha}, {Selu.Scale}, 1.0, True, a{layer})"),
        _ => $"torch.{activation}_backward(d{layer}, a{layer})",
    };
}
