using Nabla.Explain;
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

    public bool EngineAgrees => EngineError <= EngineTolerance;

    /// <summary>Whether every layer has a gradient, computed either way: that two zeros agree proves nothing.</summary>
    public bool HasGradient => Numerical.Blocks.All(block => block.BackpropagationNorm > 0 || block.NumericalNorm > 0);

    public bool Passed => HasGradient && Numerical.Passed && EngineAgrees;
}

/// <summary>Checks gradients on networks and examples that are drawn from a seed.</summary>
/// <param name="initialization">How parameters are drawn.</param>
/// <param name="seed">Same seed, same check.</param>
/// <param name="examples">Examples in the batch.</param>
/// <param name="perBlock">The most parameters of a layer to take central differences for.</param>
internal sealed class GradientCheckRunner(Initialization initialization, ulong seed, int examples, int perBlock)
{
    private const int Attempts = 20;

    // Exponentials of exponentials grow so steeply that differences say nothing: their activations are kept below this.
    private const double LargestActivation = 16;

    /// <summary>Draws a network and a batch, and compares the gradients. Draws again if dead ReLUs leave nothing to compare.</summary>
    public GradientResult Run(GradientCase gradientCase)
    {
        var result = Run(gradientCase, seed);
        for (ulong attempt = 1; attempt < Attempts && !result.HasGradient; attempt++)
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
        // One draw for all evaluations: otherwise the cost would have no derivative.
        var draw = new DropoutDraw(drawn, Epoch: 0);
        var dropout = new double[examples * reference.HiddenNeurons];
        ReferenceNetworks.Fill(dropout, network.Topology, draw, [.. Enumerable.Range(0, examples)]);

        double[] weights = batch.DoubleWeights;
        var numerical = GradientCheck.Run(
            reference, xs, ys, GradientCheck.Spread(reference.Parameters, perBlock), weights: weights, dropout: dropout);
        var expected = new ReferenceParameters(reference.Sizes);
        MiniBatch.SumGradient(reference, xs, ys, l2: 0, expected, weights, dropout);
        foreach (ref double slope in expected.All)
            slope /= examples;
        var gradient = new float[network.Parameters.Length];
        new Backpropagation(network, gradientCase.Loss, examples).Gradient(batch.Inputs, batch.Targets, gradient, draw);
        if (gradientCase.IsClipped)
            Clip(expected, gradient);
        return new GradientResult(gradientCase, numerical, EngineError(network.Topology.ByNeuron(gradient), expected));
    }

    /// <summary>Clips both gradients so that either limit has an effect.</summary>
    private static void Clip(ReferenceParameters expected, float[] gradient)
    {
        float largest = (float)(0.5 * Largest(expected));
        if (largest == 0)
            return;
        MiniBatch.ClipValue(expected, largest);
        GradientClipping.ClipValue(largest, gradient);
        float norm = (float)(0.5 * Norm(expected));
        MiniBatch.ClipNorm(expected, norm);
        GradientClipping.ClipNorm(norm, gradient);
    }

    private static double Largest(ReferenceParameters gradient) => gradient.All.ToArray().Max(Math.Abs);

    private static double Norm(ReferenceParameters gradient) => Math.Sqrt(gradient.All.ToArray().Sum(slope => slope * slope));

    /// <summary>Whether no activation is NaN or too large for differences.</summary>
    private static bool AreModerate(ReferenceNetwork network, double[] xs) =>
        xs.Chunk(network.Sizes[0]).All(x => network.LargestActivation(x) <= LargestActivation);

    /// <summary>The distance of the engine's gradient from the reference's, relative to the norm of the latter.</summary>
    private static double EngineError(float[] gradient, ReferenceParameters expected)
    {
        double distance = 0;
        for (int i = 0; i < gradient.Length; i++)
            distance += (gradient[i] - expected.All[i]) * (gradient[i] - expected.All[i]);
        // A gradient of next to nothing has no digits to lose.
        return Math.Sqrt(distance) / Math.Max(Norm(expected), GradientCheck.Tiny);
    }
}
