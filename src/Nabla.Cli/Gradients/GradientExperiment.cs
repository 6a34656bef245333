using Nabla.Kernels;
using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>The result of checking one network.</summary>
/// <param name="Case">The network.</param>
/// <param name="Numerical">The reference's backpropagation beside central differences.</param>
/// <param name="EngineError">Distance of the vectorized engine's gradient from the reference's, relative to the latter's norm.</param>
internal sealed record GradientResult(GradientCase Case, GradientComparison Numerical, double EngineError)
{
    /// <summary>Float holds seven digits, and a sum over a few hundred terms loses one or two.</summary>
    public const double EngineTolerance = 1e-5;

    // Central differences and floats lose their digits where the cost bends that much: exponentials of exponentials do.
    private const double Steep = 1e3;

    public bool EngineAgrees => EngineError <= EngineTolerance;

    /// <summary>Whether every layer has a gradient, computed either way: that two zeros agree proves nothing.</summary>
    public bool IsAlive => Numerical.Blocks.All(block => block.BackpropagationNorm > 0 || block.NumericalNorm > 0);

    /// <summary>Whether some gradient is too long to be compared well, or not finite.</summary>
    public bool IsSteep => Numerical.Blocks.Any(block => !(block.BackpropagationNorm < Steep));

    public bool Passed => IsAlive && Numerical.Passed && EngineAgrees;
}

/// <summary>Checks gradients on networks and examples that are drawn from a seed.</summary>
/// <param name="initialization">How parameters are drawn.</param>
/// <param name="seed">Same seed, same check.</param>
/// <param name="examples">Examples in the batch.</param>
/// <param name="perBlock">The most parameters of a layer to take central differences for.</param>
internal sealed class GradientExperiment(Initialization initialization, ulong seed, int examples, int perBlock)
{
    private const int Attempts = 20;

    /// <summary>
    /// Draws a network and a batch, and compares the gradients. Draws again if dead ReLUs leave nothing to compare, and with parameters
    /// half as large if the gradient is steep.
    /// </summary>
    public GradientResult Run(GradientCase gradientCase)
    {
        float scale = 1;
        var result = Run(gradientCase, seed, scale);
        for (ulong attempt = 1; attempt < Attempts && (!result.IsAlive || result.IsSteep); attempt++)
        {
            scale = result.IsSteep ? scale / 2 : scale;
            result = Run(gradientCase, seed + attempt, scale);
        }
        return result;
    }

    private GradientResult Run(GradientCase gradientCase, ulong drawn, float scale)
    {
        var network = InitialValues.Draw(new Topology(gradientCase.Sizes, gradientCase.Hidden, gradientCase.Output), initialization, drawn);
        foreach (ref float parameter in network.EditParameters())
            parameter *= scale;
        var reference = ReferenceNetworks.Create(network, gradientCase.Loss);
        var (inputs, labels) = DrawBatch(gradientCase.Sizes[0], gradientCase.Sizes[^1], drawn);

        double[] xs = Array.ConvertAll(inputs, x => (double)x);
        var ys = new double[examples * gradientCase.Sizes[^1]];
        for (int i = 0; i < examples; i++)
            OneHot.Encode(labels[i], ys.AsSpan(i * gradientCase.Sizes[^1], gradientCase.Sizes[^1]));

        var numerical = GradientCheck.Run(reference, xs, ys, GradientCheck.Spread(reference.Parameters, perBlock));
        return new GradientResult(gradientCase, numerical, EngineError(network, gradientCase.Loss, inputs, labels, reference, xs, ys));
    }

    private double EngineError(
        Network network, Loss loss, float[] inputs, int[] labels, ReferenceNetwork reference, double[] xs, double[] ys)
    {
        var expected = new ReferenceParameters(reference.Sizes);
        MiniBatch.SumGradient(reference, xs, ys, l2: 0, expected);
        var gradient = new float[network.Parameters.Length];
        new Backpropagation(network, loss, examples).Gradient(inputs, TargetBatch.FromLabels(labels), gradient);
        gradient = network.Topology.ByNeuron(gradient);

        double distance = 0, norm = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            double truth = expected.All[i] / examples;
            distance += (gradient[i] - truth) * (gradient[i] - truth);
            norm += truth * truth;
        }
        // A gradient of next to nothing has no digits to lose.
        return Math.Sqrt(distance) / Math.Max(Math.Sqrt(norm), GradientCheck.Tiny);
    }

    private (float[] Inputs, int[] Labels) DrawBatch(int inputCount, int classes, ulong drawn)
    {
        var stream = new RandomStream(drawn, RandomPurpose.GradientCheck, 0);
        var inputs = new float[examples * inputCount];
        foreach (ref float input in inputs.AsSpan())
            input = (float)stream.NextNormal();
        var labels = new int[examples];
        foreach (ref int label in labels.AsSpan())
            label = (int)stream.NextUInt32((uint)classes);
        return (inputs, labels);
    }
}
