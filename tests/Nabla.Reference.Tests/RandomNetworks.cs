namespace Nabla.Reference.Tests;

/// <summary>Networks and mini-batches drawn from a seed.</summary>
internal static class RandomNetworks
{
    /// <summary>
    /// Weights N(0, 1) / sqrt(inputs), so that signals neither vanish nor saturate; biases N(0, 1/4), so that no ReLU is at its kink. All
    /// are smaller with an activation so steep that several layers of it would overflow.
    /// </summary>
    public static ReferenceNetwork Make(int[] sizes, ReferenceActivation activation, ReferenceCost cost, int seed)
    {
        var network = new ReferenceNetwork(sizes, activation, cost);
        var random = new Random(seed);
        double deviation = IsSteep(activation) ? 0.25 : 1.0;
        for (int l = 0; l < network.Layers; l++)
        {
            foreach (ref double w in network.Parameters.Weights(l))
                w = deviation * Normal(random) / Math.Sqrt(sizes[l]);
            foreach (ref double b in network.Parameters.Biases(l))
                b = 0.5 * deviation * Normal(random);
        }
        return network;
    }

    /// <summary>Targets are values from 0 to 1, which suit every cost, or, for cross-entropy, classes.</summary>
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
        return (xs, ys);
    }

    private static bool IsSteep(ReferenceActivation activation)
    {
        double[] a = [0.0];
        activation.Apply([10.0], a);
        return a[0] > 100.0;
    }

    /// <summary>Sizes of a network with so many layers of weights: inputs, hidden layers of different widths, 3 outputs.</summary>
    public static int[] Sizes(int depth) => [.. new[] { 6, 5, 7, 4, 5 }.Take(depth), 3];

    private static double Normal(Random random) =>
        Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
}
