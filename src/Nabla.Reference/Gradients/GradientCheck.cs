namespace Nabla.Reference;

/// <summary>
/// Checks the gradient of a network: backpropagation beside central differences, layer by layer, weights and biases separately.
/// </summary>
/// <remarks>Thread-safe for different networks: each check uses its network exclusively from beginning to end.</remarks>
public static class GradientCheck
{
    /// <summary>
    /// The relative error that a right gradient stays below: central differences in double precision have 7 to 10 correct digits,
    /// and a wrong derivative differs in the first or second.
    /// </summary>
    public const double DefaultTolerance = 1e-6;

    /// <summary>Norms whose sum is below this count as this: rounding of the cost is a large share of smaller ones.</summary>
    public const double Tiny = 3e-4;

    /// <summary>Compares the two gradients of a mini-batch's cost, <see cref="MiniBatch.Cost"/>.</summary>
    /// <param name="network">The network; its parameters are changed one by one and restored.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="coordinates">The parameters to compare, as indices into <see cref="ReferenceParameters.All"/>; null for all.</param>
    /// <param name="l2">Strength of the weight decay, 0 for none.</param>
    /// <param name="tolerance">The largest relative error allowed.</param>
    /// <param name="weights">A weight for each example, finite and at least 0, [n]; empty for 1 each.</param>
    /// <param name="dropout">
    /// Factors of dropout, finite and at least 0, [n, hidden neurons], the same for each evaluation of the cost; empty for 1 each.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The tables do not fit the network or each other, a weight or a factor is not allowed, or a coordinate does not exist.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public static GradientComparison Run(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, IEnumerable<int>? coordinates = null,
        double l2 = 0.0, double tolerance = DefaultTolerance, ReadOnlySpan<double> weights = default,
        ReadOnlySpan<double> dropout = default)
    {
        int[] chosen = [.. (coordinates ?? Enumerable.Range(0, network.Parameters.Count)).Distinct().Order()];
        if (chosen.Length > 0 && (chosen[0] < 0 || chosen[^1] >= network.Parameters.Count))
            throw new ArgumentException($"Coordinates go from 0 to {network.Parameters.Count - 1}.", nameof(coordinates));
        using ExclusiveUse.Operation operation = network.Use.Begin();
        var nabla = new ReferenceParameters(network.Sizes);
        var examples = new Examples(network, xs, ys, weights, dropout);
        MiniBatch.SumGradientInside(network, examples, nabla);
        MiniBatch.AddDecay(network, l2 * examples.Count, nabla);
        var numerical = new NumericalGradient(network);
        var blocks = new List<GradientBlock>();
        foreach ((int layer, string name, Range range) in BlocksOf(network.Parameters))
        {
            int[] inBlock = [.. chosen.Where(coordinate => coordinate >= range.Start.Value && coordinate < range.End.Value)];
            if (inBlock.Length == 0)
                continue;
            var sums = new Sums();
            foreach (int coordinate in inBlock)
                sums.Add(nabla.All[coordinate] / examples.Count, numerical.DerivativeInside(examples, l2, coordinate));
            blocks.Add(sums.ToBlock(layer, name));
        }
        return new GradientComparison(blocks, tolerance);
    }

    /// <summary>
    /// Chooses coordinates of each block, spread evenly and the same in every call: multiples of the golden section, modulo the block.
    /// </summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="perBlock">How many of each block, at least 1; of a block with fewer, all.</param>
    public static IReadOnlyList<int> Spread(ReferenceParameters parameters, int perBlock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perBlock, 1);
        const double GoldenSection = 0.6180339887498949;
        var chosen = new SortedSet<int>();
        foreach ((_, _, Range range) in BlocksOf(parameters))
        {
            (int start, int size) = range.GetOffsetAndLength(parameters.Count);
            if (size <= perBlock)
                chosen.UnionWith(Enumerable.Range(start, size));
            else
                chosen.UnionWith(Enumerable.Range(1, perBlock).Select(i => start + (int)(i * GoldenSection % 1.0 * size)));
        }
        return [.. chosen];
    }

    private static IEnumerable<(int Layer, string Name, Range Range)> BlocksOf(ReferenceParameters parameters)
    {
        for (int l = 0; l < parameters.Layers; l++)
        {
            yield return (l, "weights", parameters.WeightRange(l));
            yield return (l, "biases", parameters.BiasRange(l));
        }
    }

    private sealed class Sums
    {
        private double backpropagation, numerical, difference; // sums of squares
        private int compared, onKink;

        public void Add(double nabla, NumericalDerivative derivative)
        {
            if (derivative.OnKink)
            {
                onKink++;
                return;
            }
            compared++;
            backpropagation += nabla * nabla;
            numerical += derivative.Value * derivative.Value;
            difference += (nabla - derivative.Value) * (nabla - derivative.Value);
        }

        public GradientBlock ToBlock(int layer, string name)
        {
            double one = Math.Sqrt(backpropagation), other = Math.Sqrt(numerical);
            return new GradientBlock(layer, name, one, other, Math.Sqrt(difference) / Math.Max(one + other, Tiny), compared, onKink);
        }
    }
}
