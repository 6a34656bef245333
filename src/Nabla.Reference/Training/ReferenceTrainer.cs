namespace Nabla.Reference;

/// <summary>The notebook's <c>update_mini_batch</c>: one step of an optimizer for each mini-batch.</summary>
/// <param name="network">The network that learns.</param>
/// <param name="optimizer">What a gradient does to the parameters. It serves one network.</param>
/// <param name="l2">Strength of the L2 decay, 0 for none (the notebook's exercise 2: 0.0001).</param>
public sealed class ReferenceTrainer(ReferenceNetwork network, ReferenceOptimizer optimizer, double l2 = 0.0)
{
    private readonly ReferenceParameters nabla = new(network.Sizes);

    /// <summary>The network that learns.</summary>
    public ReferenceNetwork Network => network;

    /// <summary>Takes one step.</summary>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <returns>The sum of the examples' costs before the step, without the decay.</returns>
    /// <exception cref="ArgumentException">The tables do not fit the network or each other.</exception>
    public double UpdateMiniBatch(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys)
    {
        double cost = MiniBatch.SumGradient(network, xs, ys, l2, nabla);
        optimizer.Update(nabla.All, xs.Length / network.Sizes[0], network.Parameters.All);
        return cost;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{network}; {optimizer}, L2 {l2:G}";
}
