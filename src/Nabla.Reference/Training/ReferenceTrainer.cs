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
    private readonly double clipNorm;
    private readonly double clipValue;
    private readonly ReferenceParameters nabla;
    private readonly InputFactors? inputFactors;

    /// <summary>A trainer before its first step.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="optimizer">How a gradient changes the parameters. Give each network its own.</param>
    /// <param name="l2">
    /// Strength of the weight decay, 0 for none (the notebook's exercise 2: 0.0001): l2 w is added to the gradient, or with <c>adamw</c>
    /// each weight is multiplied by 1 - eta l2 before the step.
    /// </param>
    /// <param name="learningRateFactors">A factor of the learning rate for each parameter; null for 1 each. Fill it block by block.</param>
    /// <param name="clipNorm">
    /// The largest Euclidean norm of a mini-batch's mean gradient, above 0: a longer one is shortened to it, before weight decay is added
    /// (Pascanu, Mikolov and Bengio, 2013). Infinity for no limit.
    /// </param>
    /// <param name="clipValue">
    /// The largest magnitude of a number of the mean gradient, above 0: one beyond it is set to it, before the norm is limited. Infinity
    /// for no limit.
    /// </param>
    /// <param name="inputFactorRate">
    /// If above 0, each input has a factor that is learned, 1 at first: the first layer's weights are w[j, k] = v[j, k] s[k], and the
    /// optimizer moves v and s instead of w; s at so many times eta, and without weight decay. The network's first weights must then
    /// change through this trainer alone.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The factors have another shape than the network, a limit is not above 0, or the rate is not finite and at least 0.
    /// </exception>
    public ReferenceTrainer(
        ReferenceNetwork network, ReferenceOptimizer optimizer, double l2 = 0.0, ReferenceParameters? learningRateFactors = null,
        double clipNorm = double.PositiveInfinity, double clipValue = double.PositiveInfinity, double inputFactorRate = 0.0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (learningRateFactors is not null && !learningRateFactors.HasShapeOf(network.Parameters))
        {
            throw new ArgumentException(
                $"The network is {network.Parameters}, and the factors are {learningRateFactors}.", nameof(learningRateFactors));
        }
        if (!(clipNorm > 0.0))
            throw new ArgumentOutOfRangeException(nameof(clipNorm), clipNorm, "The largest norm of a gradient must be above 0.");
        if (!(clipValue > 0.0))
            throw new ArgumentOutOfRangeException(nameof(clipValue), clipValue, "The largest magnitude in a gradient must be above 0.");
        if (!(inputFactorRate >= 0.0 && double.IsFinite(inputFactorRate)))
            throw new ArgumentOutOfRangeException(nameof(inputFactorRate), inputFactorRate, "The rate must be finite and at least 0.");
        Network = network;
        this.optimizer = optimizer;
        this.l2 = l2;
        this.learningRateFactors = learningRateFactors;
        this.clipNorm = clipNorm;
        this.clipValue = clipValue;
        nabla = new ReferenceParameters(network.Sizes);
        inputFactors = inputFactorRate > 0.0 ? new InputFactors(network.Parameters, learningRateFactors, inputFactorRate) : null;
    }

    /// <summary>The network to train.</summary>
    public ReferenceNetwork Network { get; }

    /// <summary>Takes one step.</summary>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="weights">A weight for each example, finite and at least 0, [n]; empty for 1 each. See <see cref="MiniBatch"/>.</param>
    /// <param name="learningRate">eta of this step, finite and at least 0; null for the optimizer's own.</param>
    /// <param name="dropout">Factors of dropout, finite and at least 0, [n, hidden neurons]; empty for 1 each.</param>
    /// <returns>The weighted sum of the examples' costs before the step, without the weight decay.</returns>
    /// <exception cref="ArgumentException">
    /// The tables do not fit the network or each other, or a weight, a factor or the learning rate is not allowed.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another operation is using the trainer, its network or its optimizer.</exception>
    public double UpdateMiniBatch(
        ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReadOnlySpan<double> weights = default, double? learningRate = null,
        ReadOnlySpan<double> dropout = default)
    {
        using (use.Begin())
        using (Network.Use.Begin())
        using (optimizer.Use.Begin())
        {
            var examples = new Examples(Network, xs, ys, weights, dropout);
            int n = examples.Count;
            Span<double> parameters = inputFactors is null ? Network.Parameters.All : inputFactors.Learned;
            optimizer.RequireReady(parameters.Length, learningRate);
            double cost = MiniBatch.SumGradientInside(Network, examples, nabla);
            MiniBatch.ClipValue(nabla, n * clipValue);
            MiniBatch.ClipNorm(nabla, n * clipNorm);
            double eta = learningRate ?? optimizer.LearningRate;
            Span<double> slopes = inputFactors is null ? nabla.All : inputFactors.Gradient(nabla);
            ReadOnlySpan<double> factors =
                inputFactors is not null ? inputFactors.Rates
                : learningRateFactors is not null ? learningRateFactors.All
                : default;
            int weightCount = nabla.AllWeights.Length;
            if (optimizer.DecouplesDecay)
                Shrink(parameters[..weightCount], eta, factors);
            else
                MiniBatch.AddDecay(parameters[..weightCount], l2 * n, slopes);
            optimizer.Step(slopes, n, parameters, eta, factors);
            inputFactors?.WriteTo(Network.Parameters);
            return cost;
        }
    }

    /// <summary>w = (1 - eta l2) w, where eta includes the weight's factor.</summary>
    private void Shrink(Span<double> weights, double eta, ReadOnlySpan<double> factors)
    {
        for (int i = 0; i < weights.Length; i++)
            weights[i] *= 1.0 - (factors.IsEmpty ? eta : eta * factors[i]) * l2;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Network}; {optimizer}, L2 {l2:G}";
}
