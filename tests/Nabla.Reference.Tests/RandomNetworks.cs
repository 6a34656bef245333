namespace Nabla.Reference.Tests;

/// <summary>Networks and mini-batches drawn from a seed.</summary>
internal static class RandomNetworks
{
    private const double Steep = 1e3;
    private const double Large = 50;

    /// <summary>
    /// Weights N(0, 1) / sqrt(inputs), so that signals neither vanish nor saturate; biases N(0, 1/4), so that no ReLU is at its kink.
    /// </summary>
    public static ReferenceNetwork Make(int[] sizes, ReferenceActivation activation, ReferenceCost cost, int seed)
    {
        var network = new ReferenceNetwork(sizes, activation, cost);
        var random = new Random(seed);
        for (int l = 0; l < network.Layers; l++)
        {
            foreach (ref double w in network.Parameters.Weights(l))
                w = Normal(random) / Math.Sqrt(sizes[l]);
            foreach (ref double b in network.Parameters.Biases(l))
                b = 0.5 * Normal(random);
        }
        return network;
    }

    /// <summary>
    /// Inputs N(0, 1); targets are values from 0 to 1, which suit every cost, or, for cross-entropy, classes. Parameters of a network whose
    /// gradient on them is steep, or whose hidden activations are large, are halved until neither holds: exponentials of exponentials
    /// overflow, and central differences are no longer near their derivatives.
    /// </summary>
    public static (double[] Xs, double[] Ys) Batch(ReferenceNetwork network, int examples, int seed)
    {
        var random = new Random(seed);
        int outputs = network.Sizes[^1];
        double[] xs = new double[examples * network.Sizes[0]], ys = new double[examples * outputs];
        foreach (ref double x in xs.AsSpan())
            x = Normal(random);
        bool areClasses = network.Cost.Name.StartsWith("cross-entropy", StringComparison.Ordinal);
        for (int i = 0; i < examples && areClasses; i++)
            OneHot.Encode(random.Next(outputs), ys.AsSpan(i * outputs, outputs));
        for (int i = 0; i < ys.Length && !areClasses; i++)
            ys[i] = random.NextDouble();
        while (!(GradientNorm(network, xs, ys) < Steep * examples
            && xs.Chunk(network.Sizes[0]).All(x => network.LargestActivation(x) < Large)))
        {
            foreach (ref double parameter in network.Parameters.All)
                parameter /= 2;
        }
        return (xs, ys);
    }

    /// <summary>Sizes of a network with so many layers of weights: inputs, hidden layers of different widths, 3 outputs.</summary>
    public static int[] Sizes(int depth) => [.. new[] { 6, 5, 7, 4, 5 }.Take(depth), 3];

    private static double GradientNorm(ReferenceNetwork network, double[] xs, double[] ys)
    {
        var nabla = new ReferenceParameters(network.Sizes);
        MiniBatch.SumGradient(network, xs, ys, l2: 0, nabla);
        return Math.Sqrt(nabla.All.ToArray().Sum(slope => slope * slope));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
}
