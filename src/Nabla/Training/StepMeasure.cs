using System.Runtime.Intrinsics;

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
    /// The Euclidean norm of a difference. The sum has eight chains, combined in a fixed order: two vectors of four, which have the same
    /// bits on every machine, because nothing is fused.
    /// </summary>
    /// <param name="values">[n].</param>
    /// <param name="origin">[n], or empty for zeros.</param>
    private static double Distance(ReadOnlySpan<float> values, ReadOnlySpan<float> origin)
    {
        Vector256<double> lower = Vector256<double>.Zero, upper = Vector256<double>.Zero;
        int whole = values.Length - values.Length % Vector256<float>.Count;
        for (int i = 0; i < whole; i += Vector256<float>.Count)
        {
            var value = Vector256.Create(values[i..]);
            var from = origin.IsEmpty ? Vector256<float>.Zero : Vector256.Create(origin[i..]);
            var low = Vector256.WidenLower(value) - Vector256.WidenLower(from);
            var high = Vector256.WidenUpper(value) - Vector256.WidenUpper(from);
            lower += low * low;
            upper += high * high;
        }
        double sum = 0;
        for (int i = whole; i < values.Length; i++)
        {
            double distance = origin.IsEmpty ? values[i] : (double)values[i] - origin[i];
            sum += distance * distance;
        }
        var chains = lower + upper;
        return double.Sqrt(chains[0] + chains[1] + (chains[2] + chains[3]) + sum);
    }
}
