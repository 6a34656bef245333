namespace Nabla.Reference;

/// <summary>
/// Cost and gradient of a mini-batch with L2 weight decay: C = 1/n sum_i w_i C_i + l2/2 sum w^2. The weights w_i of the examples are 1
/// if none are given; the second sum runs over the network's weights alone, never its biases.
/// </summary>
/// <remarks>
/// <para>A batch is two tables with one example in each row: xs is [n, inputs], ys is [n, outputs]. Sums run in the order of the examples.
/// The sum is divided by n, the number of examples, not by the sum of their weights.</para>
/// <para>Thread-safe for different networks: each operation uses its network exclusively from beginning to end.</para>
/// </remarks>
public static class MiniBatch
{
    /// <summary>C.</summary>
    /// <param name="network">The network.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="l2">Strength of the weight decay, 0 for none.</param>
    /// <param name="weights">A weight for each example, finite and at least 0, [n]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other, or a weight is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public static double Cost(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2 = 0.0, ReadOnlySpan<double> weights = default)
    {
        using (network.Use.Begin())
        {
            int n = Count(network, xs, ys, weights);
            double sum = 0.0;
            for (int i = 0; i < n; i++)
                sum += WeightOf(weights, i) * network.ForwardToCost(Row(xs, i, network.Sizes[0]), Row(ys, i, network.Sizes[^1]));
            double squares = 0.0;
            foreach (double w in network.Parameters.AllWeights)
                squares += w * w;
            return sum / n + 0.5 * l2 * squares;
        }
    }

    /// <summary>n times the gradient of C, as in the notebook: summed over the examples, with l2 * n * w added to nablaW.</summary>
    /// <param name="network">The network.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="l2">Strength of the weight decay, 0 for none.</param>
    /// <param name="nabla">Receives nablaW and nablaB.</param>
    /// <param name="weights">A weight for each example, finite and at least 0, [n]; empty for 1 each.</param>
    /// <returns>The weighted sum of the examples' costs, without the weight decay.</returns>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other, or a weight is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public static double SumGradient(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2, ReferenceParameters nabla,
        ReadOnlySpan<double> weights = default)
    {
        using (network.Use.Begin())
        {
            double sum = SumGradientInside(network, xs, ys, nabla, weights);
            AddDecay(network, l2 * Count(network, xs, ys, weights), nabla);
            return sum;
        }
    }

    /// <summary><see cref="SumGradient"/> without weight decay, inside an operation that the caller has begun.</summary>
    internal static double SumGradientInside(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReferenceParameters nabla, ReadOnlySpan<double> weights)
    {
        int n = Count(network, xs, ys, weights);
        nabla.Clear();
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            double weight = WeightOf(weights, i);
            sum += weight * network.ForwardAndBackward(Row(xs, i, network.Sizes[0]), Row(ys, i, network.Sizes[^1]), nabla, weight);
        }
        return sum;
    }

    /// <summary>Adds strength * w to nablaW.</summary>
    internal static void AddDecay(ReferenceNetwork network, double strength, ReferenceParameters nabla)
    {
        if (strength == 0.0)
            return;
        ReadOnlySpan<double> weights = network.Parameters.AllWeights;
        Span<double> nablaW = nabla.AllWeights;
        for (int i = 0; i < weights.Length; i++)
            nablaW[i] += strength * weights[i];
    }

    /// <summary>How many examples the two tables hold.</summary>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other, or a weight is not allowed.</exception>
    internal static int Count(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReadOnlySpan<double> weights)
    {
        int inputs = network.Sizes[0], outputs = network.Sizes[^1];
        int n = xs.Length / inputs;
        if (n == 0 || xs.Length != n * inputs || ys.Length != (long)n * outputs)
        {
            throw new ArgumentException(
                $"{xs.Length} inputs and {ys.Length} desired outputs are not a batch for a network of {inputs} inputs and "
                + $"{outputs} outputs: give each example one row in both tables.",
                nameof(xs));
        }
        if (!weights.IsEmpty && weights.Length != n)
            throw new ArgumentException($"There are {weights.Length} weights for {n} examples.", nameof(weights));
        foreach (double weight in weights)
        {
            if (!double.IsFinite(weight) || weight < 0.0)
                throw new ArgumentException($"An example's weight must be finite and at least 0, not {weight}.", nameof(weights));
        }
        return n;
    }

    /// <summary>Row i of a table.</summary>
    internal static ReadOnlySpan<double> Row(ReadOnlySpan<double> table, int i, int width) => table.Slice(i * width, width);

    /// <summary>The weight of example i. A product with 1 is exact, so weights of 1 and no weights give the same bits.</summary>
    internal static double WeightOf(ReadOnlySpan<double> weights, int i) => weights.IsEmpty ? 1.0 : weights[i];
}
