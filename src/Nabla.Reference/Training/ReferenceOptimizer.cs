namespace Nabla.Reference;

/// <summary>An optimizer: how a gradient changes the parameters.</summary>
/// <remarks>
/// Not thread-safe: an optimizer may remember earlier gradients, and belongs to one network. Concurrent calls are detected and throw
/// <see cref="InvalidOperationException"/> before anything has changed.
/// </remarks>
public abstract class ReferenceOptimizer
{
    private protected ReferenceOptimizer(double learningRate)
    {
        if (!double.IsFinite(learningRate) || learningRate <= 0.0)
            throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "The learning rate must be finite and above 0.");
        LearningRate = learningRate;
    }

    /// <summary>The kinds that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<ReferenceKind> Kinds => OptimizerCatalogue.Kinds;

    /// <summary>eta, the learning rate of a step that is given no other.</summary>
    public double LearningRate { get; }

    /// <summary>Held by every operation on this optimizer from beginning to end.</summary>
    internal ExclusiveUse Use { get; } = new("This optimizer");

    /// <summary>Creates an optimizer by name.</summary>
    /// <param name="name">One of the names in <see cref="Kinds"/>, e.g. <c>adam</c>.</param>
    /// <param name="parameters">Values by parameter name; a parameter that is left out has its default, if it has one.</param>
    /// <exception cref="ArgumentException">
    /// The name or a parameter is unknown, and the message lists those that exist; or a value is missing or not allowed.
    /// </exception>
    public static ReferenceOptimizer Create(string name, IReadOnlyDictionary<string, double> parameters) =>
        OptimizerCatalogue.Find(name, nameof(name)).Create(parameters, nameof(parameters));

    /// <summary>Takes one step.</summary>
    /// <param name="nabla">
    /// The gradient SUMMED over a mini-batch, weight decay included unless the optimizer decouples it (<c>adamw</c>), [parameters].
    /// </param>
    /// <param name="n">Examples in the mini-batch, at least 1.</param>
    /// <param name="parameters">Weights and biases, changed in place, [parameters].</param>
    /// <param name="learningRate">eta of this step, finite and at least 0; null for <see cref="LearningRate"/>.</param>
    /// <param name="factors">A factor of eta for each parameter, [parameters]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">
    /// A length or the learning rate is not allowed, or the number of parameters is not that of the first step.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another operation is using the optimizer.</exception>
    public void Update(
        ReadOnlySpan<double> nabla, int n, Span<double> parameters, double? learningRate = null, ReadOnlySpan<double> factors = default)
    {
        using (Use.Begin())
        {
            if (nabla.Length != parameters.Length)
                throw new ArgumentException($"The gradient has {nabla.Length} numbers for {parameters.Length} parameters.", nameof(nabla));
            if (!factors.IsEmpty && factors.Length != parameters.Length)
                throw new ArgumentException($"There are {factors.Length} factors for {parameters.Length} parameters.", nameof(factors));
            ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
            RequireReady(parameters.Length, learningRate);
            Step(nabla, n, parameters, learningRate ?? LearningRate, factors);
        }
    }

    /// <summary>Refuses a step that cannot be taken, before anything has changed.</summary>
    /// <exception cref="ArgumentException">
    /// The learning rate is not allowed, or the number of parameters is not that of the first step.
    /// </exception>
    internal void RequireReady(int parameters, double? learningRate)
    {
        if (learningRate is { } rate && (!double.IsFinite(rate) || rate < 0.0))
            throw new ArgumentException($"The learning rate of a step must be finite and at least 0, not {rate}.", nameof(learningRate));
        if (Remembered != 0 && Remembered != parameters)
        {
            throw new ArgumentException(
                $"This optimizer remembers {Remembered} parameters, not {parameters}: use one for each network.", nameof(parameters));
        }
    }

    /// <summary>Whether weight decay shrinks the weights before the step instead of being part of the gradient.</summary>
    internal virtual bool DecouplesDecay => false;

    /// <summary>The number of parameters of the first step; 0 before it, and if the optimizer remembers nothing.</summary>
    internal virtual int Remembered => 0;

    /// <summary>Takes one step, inside an operation that the caller has begun and with arguments that it has checked.</summary>
    internal abstract void Step(
        ReadOnlySpan<double> nabla, int n, Span<double> parameters, double learningRate, ReadOnlySpan<double> factors);
}
