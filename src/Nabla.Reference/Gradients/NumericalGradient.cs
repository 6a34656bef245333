namespace Nabla.Reference;

/// <summary>The gradient without backpropagation: move one parameter a little to either side and compare the costs.</summary>
/// <param name="network">The network; its parameters are changed one by one and restored.</param>
/// <remarks>
/// <para>Central differences, (C(p + h) - C(p - h)) / 2h. The formula's error is h^2/6 C''', and rounding adds eps C / h; their sum is
/// smallest near h = cbrt(eps), about 6e-6, times the size of p where that is above 1. See W. H. Press et al., "Numerical Recipes", 5.7.
/// </para>
/// <para>Not thread-safe: it changes the network for a moment. Concurrent use of the network is detected and throws
/// <see cref="InvalidOperationException"/> before anything has changed.</para>
/// </remarks>
public sealed class NumericalGradient(ReferenceNetwork network)
{
    private static readonly double RelativeStep = Math.Cbrt(double.BitIncrement(1.0) - 1.0);

    // z of each layer at p + h, [outputs of the layer], and a of the last, [outputs]
    private readonly double[][] zAbove = [.. Enumerable.Range(0, network.Layers).Select(l => new double[network.Sizes[l + 1]])];
    private readonly double[] aAbove = new double[network.Sizes[^1]];

    /// <summary>h, by which a parameter is moved to either side: cbrt(eps), times the size of p where that is above 1.</summary>
    /// <param name="p">The value of the parameter.</param>
    public static double StepFor(double p) => RelativeStep * Math.Max(1.0, Math.Abs(p));

    /// <summary>dC/dp of a mini-batch, with C as in <see cref="MiniBatch.Cost"/>.</summary>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="l2">Strength of the weight decay, 0 for none.</param>
    /// <param name="coordinate">The parameter p, as an index into <see cref="ReferenceParameters.All"/>.</param>
    /// <param name="weights">A weight for each example, finite and at least 0, [n]; empty for 1 each.</param>
    /// <param name="dropout">Factors of dropout, finite and at least 0, [n, hidden neurons]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">
    /// The tables do not fit the network or each other, a weight or a factor is not allowed, or the parameter does not exist.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another operation is using the network.</exception>
    public NumericalDerivative Derivative(
        ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double l2, int coordinate, ReadOnlySpan<double> weights = default,
        ReadOnlySpan<double> dropout = default)
    {
        using (network.Use.Begin())
            return DerivativeInside(new Examples(network, xs, ys, weights, dropout), l2, coordinate);
    }

    /// <inheritdoc/>
    public override string ToString() => $"central differences of {network}";

    /// <summary><see cref="Derivative"/> inside an operation that the caller has begun.</summary>
    internal NumericalDerivative DerivativeInside(Examples examples, double l2, int coordinate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(coordinate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(coordinate, network.Parameters.Count);
        double p = network.Parameters.All[coordinate];
        double h = StepFor(p);
        double above = p + h, below = p - h;
        bool onKink = false;
        double difference = 0.0;
        try
        {
            // Example by example: small differences are added, instead of large costs subtracted.
            for (int i = 0; i < examples.Count; i++)
            {
                ReadOnlySpan<double> x = examples.X(i), y = examples.Y(i), r = examples.Dropout(i);
                network.Parameters.All[coordinate] = above;
                double costAbove = network.ForwardToCost(x, y, r);
                Remember();
                network.Parameters.All[coordinate] = below;
                difference += examples.Weight(i) * (costAbove - network.ForwardToCost(x, y, r));
                onKink |= AnyKinkCrossed(y);
            }
        }
        finally
        {
            network.Parameters.All[coordinate] = p;
        }
        double decay = coordinate < network.Parameters.AllWeights.Length ? 0.5 * l2 * (above * above - below * below) : 0.0;
        return new NumericalDerivative((difference / examples.Count + decay) / (above - below), onKink);
    }

    private void Remember()
    {
        for (int l = 0; l < network.Layers; l++)
            network.Z(l).CopyTo(zAbove[l]);
        network.A(network.Layers).CopyTo(aAbove);
    }

    private bool AnyKinkCrossed(ReadOnlySpan<double> y)
    {
        for (int l = 0; l < network.Layers; l++)
        {
            foreach (double kink in network.Kinks(l))
            {
                if (AnySideDiffers(zAbove[l], network.Z(l), kink))
                    return true;
            }
        }
        return network.Cost.HasKinkAtTarget && AnySideDiffers(aAbove, network.A(network.Layers), y);
    }

    private static bool AnySideDiffers(ReadOnlySpan<double> a, ReadOnlySpan<double> other, ReadOnlySpan<double> y)
    {
        for (int j = 0; j < a.Length; j++)
        {
            if (a[j] <= y[j] != other[j] <= y[j])
                return true;
        }
        return false;
    }

    private static bool AnySideDiffers(ReadOnlySpan<double> z, ReadOnlySpan<double> other, double kink)
    {
        for (int j = 0; j < z.Length; j++)
        {
            if (z[j] <= kink != other[j] <= kink)
                return true;
        }
        return false;
    }
}
