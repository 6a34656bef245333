namespace Nabla.Reference;

/// <summary>The gradient without backpropagation: move one parameter a little to either side and see what the cost does.</summary>
/// <param name="network">The network; its parameters are moved and put back.</param>
/// <remarks>
/// Central differences, (C(p + h) - C(p - h)) / 2h. Their error is h^2/6 C''' from the formula and eps C / h from rounding, together
/// least near h = cbrt(eps), about 6e-6, times the size of p where that is above 1. See W. H. Press et al., "Numerical Recipes", 5.7.
/// </remarks>
public sealed class NumericalGradient(ReferenceNetwork network)
{
    private static readonly double RelativeStep = Math.Cbrt(double.BitIncrement(1.0) - 1.0);

    private readonly double[][] zAbove = [.. Enumerable.Range(0, network.Layers).Select(l => new double[network.Sizes[l + 1]])];

    /// <summary>dC/dp of a mini-batch, C as <see cref="MiniBatch.Cost"/> has it.</summary>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="l2">Strength of the decay, 0 for none.</param>
    /// <param name="coordinate">Which parameter, by its place in <see cref="ReferenceParameters.All"/>.</param>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other, or there is no such parameter.</exception>
    public NumericalDerivative Of(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2, int coordinate)
    {
        int n = MiniBatch.Count(network, xs, ys);
        ArgumentOutOfRangeException.ThrowIfNegative(coordinate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(coordinate, network.Parameters.Count);
        double p = network.Parameters.All[coordinate];
        double h = RelativeStep * Math.Max(1.0, Math.Abs(p));
        double above = p + h, below = p - h;
        bool onKink = false;
        double difference = 0.0;
        try
        {
            // Example by example, so that small differences are added, not large costs subtracted.
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> x = MiniBatch.Row(xs, i, network.Sizes[0]), y = MiniBatch.Row(ys, i, network.Sizes[^1]);
                network.Parameters.All[coordinate] = above;
                double costAbove = network.CostOf(x, y);
                RememberZ();
                network.Parameters.All[coordinate] = below;
                difference += costAbove - network.CostOf(x, y);
                onKink |= AnyKinkCrossed();
            }
        }
        finally
        {
            network.Parameters.All[coordinate] = p;
        }
        double decay = coordinate < network.Parameters.AllWeights.Length ? 0.5 * l2 * (above * above - below * below) : 0.0;
        return new NumericalDerivative((difference / n + decay) / (above - below), onKink);
    }

    private void RememberZ()
    {
        for (int l = 0; l < network.Layers; l++)
            network.Z(l).CopyTo(zAbove[l]);
    }

    private bool AnyKinkCrossed()
    {
        for (int l = 0; l < network.Layers; l++)
        {
            bool bends = l < network.Layers - 1 ? network.Activation.HasKink : network.Cost.HasKink;
            if (bends && AnySignDiffers(zAbove[l], network.Z(l)))
                return true;
        }
        return false;
    }

    private static bool AnySignDiffers(ReadOnlySpan<double> z, ReadOnlySpan<double> other)
    {
        for (int j = 0; j < z.Length; j++)
        {
            if (z[j] <= 0.0 != other[j] <= 0.0)
                return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"central differences of {network}";
}
