namespace Nabla;

/// <summary>Measures a step by the parameters before it and after it, and by its gradient. Serves one thread at a time.</summary>
/// <param name="network">The network that makes the step.</param>
internal sealed class StepMeasure(Network network)
{
    private float[] before = []; // [parameters]

    /// <summary>Copies the parameters.</summary>
    public void Begin()
    {
        if (before.Length == 0)
            before = new float[network.Parameters.Length];
        network.Parameters.CopyTo(before);
    }

    /// <summary>Compares the parameters with the copy.</summary>
    /// <param name="gradient">[parameters].</param>
    public LayerUpdate[] End(Span<float> gradient)
    {
        var topology = network.Topology;
        var updates = new LayerUpdate[topology.LayerCount];
        for (int layer = 0; layer < updates.Length; layer++)
        {
            ReadOnlySpan<float> old = topology.Weights(before, layer);
            double change = Distance(network.Weights(layer), old), weights = Distance(old, default);
            updates[layer] = new LayerUpdate((float)Distance(topology.Weights(gradient, layer), default), (float)(change / weights));
        }
        return updates;
    }

    /// <summary>
    /// The Euclidean norm of a difference. The sum has four parts, combined in a fixed order, so that the bits are the same on
    /// every machine and a processor need not wait for each addition.
    /// </summary>
    /// <param name="values">[n].</param>
    /// <param name="origin">[n], or empty for zeros.</param>
    private static double Distance(ReadOnlySpan<float> values, ReadOnlySpan<float> origin)
    {
        double even = 0, odd = 0, third = 0, fourth = 0;
        for (int i = 0; i < values.Length; i += 4)
        {
            even += Square(values, origin, i);
            odd += Square(values, origin, i + 1);
            third += Square(values, origin, i + 2);
            fourth += Square(values, origin, i + 3);
        }
        return double.Sqrt(even + odd + (third + fourth));
    }

    private static double Square(ReadOnlySpan<float> values, ReadOnlySpan<float> origin, int i)
    {
        if (i >= values.Length)
            return 0;
        double distance = origin.IsEmpty ? values[i] : (double)values[i] - origin[i];
        return distance * distance;
    }
}
