namespace Nabla.Reference;

/// <summary>Stochastic gradient descent, as in the notebook: p = p - eta/n * nabla.</summary>
/// <param name="eta">Learning rate, finite and above 0.</param>
/// <remarks>It remembers nothing, but like every optimizer it is not thread-safe, and says so when it is called concurrently.</remarks>
public sealed class ReferenceSgd(double eta) : ReferenceOptimizer(eta)
{
    internal static OptimizerKind Kind { get; } = new(
        "sgd",
        "stochastic gradient descent: p = p - eta/n * nabla",
        [new("learning-rate", "eta, the step size, above 0")],
        values => new ReferenceSgd(values["learning-rate"]));

    /// <inheritdoc/>
    public override string ToString() => $"SGD, eta {LearningRate:G}";

    internal override void Step(
        ReadOnlySpan<double> nabla, int n, Span<double> parameters, double learningRate, ReadOnlySpan<double> factors)
    {
        double rate = learningRate / n;
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] -= (factors.IsEmpty ? rate : rate * factors[i]) * nabla[i];
    }
}
