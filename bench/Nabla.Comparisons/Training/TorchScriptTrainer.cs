using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace Nabla.Comparisons;

/// <summary>The same steps as a TorchScript function that runs a whole epoch without returning to .NET.</summary>
internal sealed class TorchScriptTrainer : ITrainer
{
    private readonly TorchNetwork network;
    private readonly jit.CompilationUnit program;
    private readonly Tensor[] arguments;

    public TorchScriptTrainer(Workload workload, Dataset data, int threads, bool transposed)
    {
        Threads = threads;
        network = new TorchNetwork(workload, data, transposed);
        program = jit.compile(Source(workload, network.Layers, network.Batches));
        arguments =
        [
            network.Inputs, network.Targets, network.Parameters, network.Gradient,
            zeros_like(network.Parameters), zeros_like(network.Parameters), zeros(1),
            .. network.Weights, .. network.Biases, .. network.WeightGradients, .. network.BiasGradients,
        ];
    }

    public int Threads { get; }

    public void Epoch()
    {
        set_num_threads(Threads);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        program.invoke("epoch", arguments);
    }

    public float[] Parameters() => network.Parameters.data<float>().ToArray();

    public void Dispose()
    {
        program.Dispose();
        network.Dispose();
    }

    private static string Source(Workload workload, int layers, int batches)
    {
        bool quadratic = workload.Options.Loss == Loss.Quadratic;
        string activation = workload.Options.Activation.Name;
        IEnumerable<string> kinds = ["w", "b", "gw", "gb"];
        var names = kinds.SelectMany(name => Enumerable.Range(0, layers).Select(layer => $"{name}{layer}"));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"def epoch(x, t, p, g, m, v, s, {string.Join(", ", names)}):");
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
        {
            Line($"s.add_(1)");
            Line($"k = float(s)");
            Line($"m.mul_({adam.Beta1}).add_(g, alpha={1 - adam.Beta1})");
            Line($"v.mul_({adam.Beta2}).addcmul_(g, g, value={1 - adam.Beta2})");
            Line($"r = torch.sqrt(v).mul_(1.0 / (1.0 - {adam.Beta2} ** k) ** 0.5).add_({adam.Epsilon:0.##########})");
            Line($"p.addcdiv_(m, r, value=-{adam.LearningRate} / (1.0 - {adam.Beta1} ** k))");
        }
        text.AppendLine("  return p");
        return text.ToString();
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
