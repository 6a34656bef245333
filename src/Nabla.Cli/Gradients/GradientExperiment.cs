using Nabla.Reference;

namespace Nabla.Cli;

/// <summary>The result of checking one network.</summary>
/// <param name="Case">The network.</param>
/// <param name="Numerical">The reference's backpropagation, compared with central differences.</param>
/// <param name="EngineError">Distance of the vectorized engine's gradient from the reference's, relative to the latter's norm.</param>
internal sealed record GradientResult(GradientCase Case, GradientComparison Numerical, double EngineError)
{
    /// <summary>A float has seven digits, and a sum of a few hundred terms loses one or two.</summary>
    public const double EngineTolerance = 1e-5;

    public bool EngineAgrees => EngineError <= EngineTolerance;

    /// <summary>Whether every layer has a gradient other than zero by at least one method. Equal zeros prove nothing.</summary>
    public bool IsAlive => Numerical.Blocks.All(block => block.BackpropagationNorm > 0 || block.NumericalNorm > 0);

    public bool Passed => IsAlive && Numerical.Passed && EngineAgrees;
}

/// <summary>Checks gradients on random networks and examples.</summary>
/// <param name="initialization">How parameters are drawn.</param>
/// <param name="seed">Same seed, same check.</param>
/// <param name="examples">Examples in the batch.</param>
/// <param name="perBlock">The largest number of parameters per block for which central differences are computed.</param>
internal sealed class GradientExperiment(Initialization initialization, ulong seed, int examples, int perBlock)
{
    private const int Attempts = 20;

    // With larger activations, exponentials of exponentials grow so steeply that differences are meaningless.
    private const double LargestActivation = 16;

    /// <summary>
    /// Draws a network and a batch, and compares the gradients. Draws again if all ReLUs of a layer are 0, so that nothing can be compared.
    /// </summary>
    public GradientResult Run(GradientCase gradientCase)
    {
        var result = Run(gradientCase, seed);
        for (ulong attempt = 1; attempt < Attempts && !result.IsAlive; attempt++)
            result = Run(gradientCase, seed + attempt);
        return result;
    }

    private GradientResult Run(GradientCase gradientCase, ulong drawn)
    {
        var network = InitialValues.Draw(gradientCase.Topology, initialization, drawn);
        var batch = GradientBatch.Draw(gradientCase, examples, drawn);
        double[] xs = batch.Xs, ys = batch.Ys;
        var reference = ReferenceNetworks.Create(network, gradientCase.Loss);
        for (int attempt = 0; attempt < Attempts && !AreModerate(reference, xs); attempt++)
        {
            foreach (ref float parameter in network.EditParameters())
                parameter /= 2;
            reference = ReferenceNetworks.Create(network, gradientCase.Loss);
        }
        // One draw for all evaluations, because otherwise the cost would have no derivative.
        var draw = new DropoutDraw(drawn, Epoch: 0);
        var dropout = new double[examples * reference.HiddenNeurons];
        ReferenceNetworks.Fill(dropout, network.Topology, draw, [.. Enumerable.Range(0, examples)]);

        var numerical = GradientCheck.Run(reference, xs, ys, GradientCheck.Spread(reference.Parameters, perBlock), dropout: dropout);
        var expected = new ReferenceParameters(reference.Sizes);
        MiniBatch.SumGradient(reference, xs, ys, l2: 0, expected, dropout: dropout);
        var gradient = new float[network.Parameters.Length];
        new Backpropagation(network, gradientCase.Loss, examples).Gradient(batch.Inputs, batch.Targets, gradient, draw);
        return new GradientResult(gradientCase, numerical, EngineError(network.Topology.ByNeuron(gradient), expected));
    }

    /// <summary>Whether all hidden activations are small enough for central differences. NaN is not.</summary>
    private static bool AreModerate(ReferenceNetwork network, double[] xs)
    {
        for (int start = 0; start < xs.Length; start += network.Sizes[0])
        {
            network.Feedforward(xs.AsSpan(start, network.Sizes[0]));
            for (int layer = 1; layer < network.Layers; layer++)
            {
                if (network.A(layer).ContainsAnyExceptInRange(-LargestActivation, LargestActivation))
                    return false;
            }
        }
        return true;
    }

    /// <param name="gradient">The engine's gradient of the mean loss.</param>
    /// <param name="expected">The reference's gradient, summed over the examples.</param>
    private double EngineError(float[] gradient, ReferenceParameters expected)
    {
        double distance = 0, norm = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            double truth = expected.All[i] / examples;
            distance += (gradient[i] - truth) * (gradient[i] - truth);
            norm += truth * truth;
        }
        // A gradient that is almost zero has no significant digits.
        return Math.Sqrt(distance) / Math.Max(Math.Sqrt(norm), GradientCheck.Tiny);
    }
}
