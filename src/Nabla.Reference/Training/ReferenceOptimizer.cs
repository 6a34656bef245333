namespace Nabla.Reference;

/// <summary>What a gradient does to the parameters.</summary>
public abstract class ReferenceOptimizer
{
    private protected ReferenceOptimizer()
    {
    }

    /// <summary>Takes one step.</summary>
    /// <param name="nabla">The gradient SUMMED over a mini-batch, decay included, [parameters].</param>
    /// <param name="n">Examples in the mini-batch, at least 1.</param>
    /// <param name="parameters">Weights and biases, changed in place, [parameters].</param>
    public abstract void Update(ReadOnlySpan<double> nabla, int n, Span<double> parameters);
}
