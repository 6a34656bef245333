namespace Nabla.Reference;

/// <summary>Is the gradient right? Compares backpropagation with central differences, layer by layer, weights and biases apart.</summary>
public static class GradientCheck
{
    /// <summary>
    /// The relative error that a right gradient stays below: central differences in double precision are good for 7 to 10 digits,
    /// and a wrong derivative is off in the first or second.
    /// </summary>
    public const double DefaultTolerance = 1e-6;

    /// <summary>Norms that together fall below this count as this: what remains of smaller ones, rounding of the cost has blurred.</summary>
    public const double Tiny = 1e-4;

    /// <summary>Compares the two gradients of a mini-batch's cost, <see cref="MiniBatch.Cost"/>.</summary>
    /// <param name="network">The network; its parameters are moved and put back.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="coordinates">Which parameters to compare, by their place in <see cref="ReferenceParameters.All"/>; null for all.</param>
    /// <param name="l2">Strength of the decay, 0 for none.</param>
    /// <param name="tolerance">The largest relative error allowed.</param>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other, or there is no such coordinate.</exception>
    public static GradientComparison Run(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, IEnumerable<int>? coordinates = null,
        double l2 = 0.0, double tolerance = DefaultTolerance)
    {
        int[] chosen = [.. (coordinates ?? Enumerable.Range(0, network.Parameters.Count)).Distinct().Order()];
        if (chosen.Length > 0 && (chosen[0] < 0 || chosen[^1] >= network.Parameters.Count))
            throw new ArgumentException($"Coordinates go from 0 to {network.Parameters.Count - 1}.", nameof(coordinates));
        var nabla = new ReferenceParameters(network.Sizes);
        int n = MiniBatch.Count(network, xs, ys);
        MiniBatch.SumGradient(network, xs, ys, l2, nabla);
        var numerical = new NumericalGradient(network);
        var blocks = new List<GradientBlock>();
        foreach ((int layer, string name, Range range) in BlocksOf(network.Parameters))
        {
            int[] inBlock = [.. chosen.Where(coordinate => coordinate >= range.Start.Value && coordinate < range.End.Value)];
            if (inBlock.Length == 0)
                continue;
            var sums = new Sums();
            foreach (int coordinate in inBlock)
                sums.Add(nabla.All[coordinate] / n, numerical.Of(xs, ys, l2, coordinate));
            blocks.Add(sums.ToBlock(layer, name));
        }
        return new GradientComparison(blocks, tolerance);
    }

    /// <summary>Some coordinates of each block, spread evenly and always the same: multiples of the golden section, modulo the block.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="perBlock">How many of each block, at least 1; a block that has fewer gives all.</param>
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
