namespace Nabla.Reference;

/// <summary>A cost of one example, together with the output activation it goes with: two functions, value and delta.</summary>
/// <remarks>
/// They are one unit because delta = dC/dz of the output layer is simple only where both are known
/// (Nielsen, "Neural Networks and Deep Learning", chapter 3). Vectors have one entry for each output neuron.
/// </remarks>
public abstract class ReferenceCost
{
    private protected ReferenceCost(string name, bool hasKink)
    {
        Name = name;
        HasKink = hasKink;
    }

    /// <summary>Every pair of cost and output whose delta is right: all but <see cref="ReferenceActivation.SigmoidAsPrinted"/>.</summary>
    public static IReadOnlyList<ReferenceCost> All { get; } =
    [
        .. ReferenceActivation.All.Select(output => new QuadraticCost(output)),
        new SigmoidCrossEntropyCost(),
        new SoftmaxCrossEntropyCost(),
    ];

    /// <summary>Cost and output activation, e.g. <c>quadratic of sigmoid</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the output activation bends at z = 0.</summary>
    public bool HasKink { get; }

    /// <summary>a, the output activation of z.</summary>
    /// <param name="z">Weighted inputs of the output layer.</param>
    /// <param name="a">Receives the outputs.</param>
    public abstract void Output(ReadOnlySpan<double> z, Span<double> a);

    /// <summary>C, the cost of one example.</summary>
    /// <param name="z">Weighted inputs of the output layer.</param>
    /// <param name="a">Outputs.</param>
    /// <param name="y">Desired outputs.</param>
    public abstract double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y);

    /// <summary>delta = dC/dz, the error of the output layer.</summary>
    /// <param name="z">Weighted inputs of the output layer.</param>
    /// <param name="a">Outputs.</param>
    /// <param name="y">Desired outputs.</param>
    /// <param name="delta">Receives the error.</param>
    public abstract void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected static void Difference(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
    {
        for (int j = 0; j < a.Length; j++)
            delta[j] = a[j] - y[j];
    }
}
