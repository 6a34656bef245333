namespace Nabla.Reference;

/// <summary>Cost and gradient of a batch with L2 decay: C = 1/n sum_x C_x + l2/2 sum w^2, over weights alone, never biases.</summary>
/// <remarks>A batch is two tables, examples in rows: xs is [n, inputs], ys is [n, outputs]. Sums run in the order of the examples.</remarks>
public static class MiniBatch
{
    /// <summary>C.</summary>
    /// <param name="network">The network.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="l2">Strength of the decay, 0 for none.</param>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other.</exception>
    public static double Cost(ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2 = 0.0)
    {
        int n = Count(network, xs, ys);
        double sum = 0.0;
        for (int i = 0; i < n; i++)
            sum += network.CostOf(Row(xs, i, network.Sizes[0]), Row(ys, i, network.Sizes[^1]));
        double squares = 0.0;
        foreach (double w in network.Parameters.AllWeights)
            squares += w * w;
        return sum / n + 0.5 * l2 * squares;
    }

    /// <summary>n times the gradient of C, as the notebook has it: summed over the examples, and l2 * n * w inside nablaW.</summary>
    /// <param name="network">The network.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="l2">Strength of the decay, 0 for none.</param>
    /// <param name="nabla">Receives nablaW and nablaB.</param>
    /// <returns>The sum of the examples' costs, without the decay.</returns>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other.</exception>
    public static double SumGradient(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2, ReferenceParameters nabla)
    {
        int n = Count(network, xs, ys);
        nabla.Clear();
        double sum = 0.0;
        for (int i = 0; i < n; i++)
            sum += network.Backpropagate(Row(xs, i, network.Sizes[0]), Row(ys, i, network.Sizes[^1]), nabla);
        if (l2 != 0.0)
            AddDecay(network.Parameters.AllWeights, l2 * n, nabla.AllWeights);
        return sum;
    }

    /// <summary>How many examples the two tables hold.</summary>
    internal static int Count(ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys)
    {
        int inputs = network.Sizes[0], outputs = network.Sizes[^1];
        int n = xs.Length / inputs;
        if (n == 0 || xs.Length != n * inputs || ys.Length != n * outputs)
        {
            throw new ArgumentException(
                $"{xs.Length} inputs and {ys.Length} desired outputs are no batch for a network of {inputs} inputs and {outputs} outputs.", nameof(xs));
        }
        return n;
    }

    /// <summary>Row i of a table.</summary>
    internal static ReadOnlySpan<double> Row(ReadOnlySpan<double> table, int i, int width) => table.Slice(i * width, width);

    private static void AddDecay(ReadOnlySpan<double> weights, double strength, Span<double> nablaW)
    {
        for (int i = 0; i < weights.Length; i++)
            nablaW[i] += strength * weights[i];
    }
}
