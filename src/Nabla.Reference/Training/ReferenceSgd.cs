namespace Nabla.Reference;

/// <summary>Stochastic gradient descent, as in the notebook: p = p - eta/n * nabla.</summary>
/// <param name="eta">Learning rate, above 0.</param>
public sealed class ReferenceSgd(double eta) : ReferenceOptimizer
{
    /// <inheritdoc/>
    public override void Update(ReadOnlySpan<double> nabla, int n, Span<double> parameters)
    {
        double rate = eta / n;
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] -= rate * nabla[i];
    }

    /// <inheritdoc/>
    public override string ToString() => $"SGD, eta {eta:G}";
}
