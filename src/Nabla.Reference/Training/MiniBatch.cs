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
    /// <param name="dropout">Factors of dropout, finite and at least 0, [n, hidden neurons]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other, or a number is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public static double Cost(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2 = 0.0, ReadOnlySpan<double> weights = default,
        ReadOnlySpan<double> dropout = default)
    {
        using (network.Use.Begin())
        {
            var examples = new Examples(network, xs, ys, weights, dropout);
            double sum = 0.0;
            for (int i = 0; i < examples.Count; i++)
                sum += examples.Weight(i) * network.ForwardToCost(examples.X(i), examples.Y(i), examples.Dropout(i));
            double squares = 0.0;
            foreach (double w in network.Parameters.AllWeights)
                squares += w * w;
            return sum / examples.Count + 0.5 * l2 * squares;
        }
    }

    /// <summary>n times the gradient of C, as in the notebook: summed over the examples, with l2 * n * w added to nablaW.</summary>
    /// <param name="network">The network.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="l2">Strength of the weight decay, 0 for none.</param>
    /// <param name="nabla">Receives nablaW and nablaB.</param>
    /// <param name="weights">A weight for each example, finite and at least 0, [n]; empty for 1 each.</param>
    /// <param name="dropout">Factors of dropout, finite and at least 0, [n, hidden neurons]; empty for 1 each.</param>
    /// <returns>The weighted sum of the examples' costs, without the weight decay.</returns>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other, or a number is not allowed.</exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public static double SumGradient(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2, ReferenceParameters nabla,
        ReadOnlySpan<double> weights = default, ReadOnlySpan<double> dropout = default)
    {
        using (network.Use.Begin())
        {
            var examples = new Examples(network, xs, ys, weights, dropout);
            double sum = SumGradientInside(network, examples, nabla);
            AddDecay(network, l2 * examples.Count, nabla);
            return sum;
        }
    }

    /// <summary>Sets each number of a gradient beyond a magnitude to it.</summary>
    /// <param name="nabla">The gradient.</param>
    /// <param name="largest">The largest magnitude, above 0; infinity for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public static void ClipValue(ReferenceParameters nabla, double largest)
    {
        ArgumentNullException.ThrowIfNull(nabla);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        foreach (ref double slope in nabla.All)
            slope = Math.Clamp(slope, -largest, largest);
    }

    /// <summary>Shortens a gradient to a Euclidean norm if it is longer (Pascanu, Mikolov and Bengio, 2013).</summary>
    /// <param name="nabla">The gradient.</param>
    /// <param name="largest">The largest norm, above 0; infinity for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public static void ClipNorm(ReferenceParameters nabla, double largest)
    {
        ArgumentNullException.ThrowIfNull(nabla);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largest);
        double squares = 0.0;
        foreach (double slope in nabla.All)
            squares += slope * slope;
        double norm = Math.Sqrt(squares);
        if (!(norm > largest))
            return;
        foreach (ref double slope in nabla.All)
            slope *= largest / norm;
    }

    /// <summary><see cref="SumGradient"/> without weight decay, inside an operation that the caller has begun.</summary>
    internal static double SumGradientInside(ReferenceNetwork network, Examples examples, ReferenceParameters nabla)
    {
        nabla.Clear();
        double sum = 0.0;
        for (int i = 0; i < examples.Count; i++)
        {
            double weight = examples.Weight(i);
            sum += weight * network.ForwardAndBackward(examples.X(i), examples.Y(i), nabla, weight, examples.Dropout(i));
        }
        return sum;
    }

    /// <summary>Adds strength * w to nablaW.</summary>
    internal static void AddDecay(ReferenceNetwork network, double strength, ReferenceParameters nabla) =>
        AddDecay(network.Parameters.AllWeights, strength, nabla.AllWeights);

    /// <inheritdoc cref="AddDecay(ReferenceNetwork, double, ReferenceParameters)"/>
    internal static void AddDecay(ReadOnlySpan<double> weights, double strength, Span<double> nablaW)
    {
        if (strength == 0.0)
            return;
        for (int i = 0; i < weights.Length; i++)
            nablaW[i] += strength * weights[i];
    }
}
