namespace Nabla.Reference;

/// <summary>The notebook's <c>update_mini_batch</c>: one step of an optimizer for each mini-batch.</summary>
/// <remarks>
/// Not thread-safe: it keeps the gradient between calls, and changes the network and the optimizer. Concurrent use of any of the three is
/// detected and throws <see cref="InvalidOperationException"/> before anything has changed.
/// </remarks>
public sealed class ReferenceTrainer
{
    private readonly ExclusiveUse use = new("This trainer");
    private readonly ReferenceOptimizer optimizer;
    private readonly double l2;
    private readonly ReferenceParameters? learningRateFactors;
    private readonly ReferenceParameters nabla;

    /// <summary>A trainer before its first step.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="optimizer">How a gradient changes the parameters. Give each network its own.</param>
    /// <param name="l2">Strength of the L2 weight decay, 0 for none (the notebook's exercise 2: 0.0001).</param>
    /// <param name="learningRateFactors">A factor of the learning rate for each parameter; null for 1 each. Fill it block by block.</param>
    /// <exception cref="ArgumentException">The factors have another shape than the network.</exception>
    public ReferenceTrainer(
        ReferenceNetwork network, ReferenceOptimizer optimizer, double l2 = 0.0, ReferenceParameters? learningRateFactors = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (learningRateFactors is not null && !learningRateFactors.HasShapeOf(network.Parameters))
        {
            throw new ArgumentException(
                $"The network is {network.Parameters}, and the factors are {learningRateFactors}.", nameof(learningRateFactors));
        }
        Network = network;
        this.optimizer = optimizer;
        this.l2 = l2;
        this.learningRateFactors = learningRateFactors;
        nabla = new ReferenceParameters(network.Sizes);
    }

    /// <summary>The network to train.</summary>
    public ReferenceNetwork Network { get; }

    /// <summary>Takes one step.</summary>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="weights">A weight for each example, finite and at least 0, [n]; empty for 1 each. See <see cref="MiniBatch"/>.</param>
    /// <param name="learningRate">eta of this step, finite and at least 0; null for the optimizer's own.</param>
    /// <returns>The weighted sum of the examples' costs before the step, without the weight decay.</returns>
    /// <exception cref="ArgumentException">
    /// The tables do not fit the network or each other, or a weight or the learning rate is not allowed.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another operation is using the trainer, its network or its optimizer.</exception>
    public double UpdateMiniBatch(
        ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReadOnlySpan<double> weights = default, double? learningRate = null)
    {
        using (use.Begin())
        using (Network.Use.Begin())
        using (optimizer.Use.Begin())
        {
            int n = MiniBatch.Count(Network, xs, ys, weights);
            Span<double> parameters = Network.Parameters.All;
            optimizer.RequireReady(parameters.Length, learningRate);
            double cost = MiniBatch.SumGradientInside(Network, xs, ys, l2, nabla, weights);
            ReadOnlySpan<double> factors = learningRateFactors is null ? default : learningRateFactors.All;
            optimizer.Step(nabla.All, n, parameters, learningRate ?? optimizer.LearningRate, factors);
            return cost;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Network}; {optimizer}, L2 {l2:G}";
}
