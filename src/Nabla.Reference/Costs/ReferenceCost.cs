namespace Nabla.Reference;

/// <summary>A cost of one example together with its output activation: two functions, value and delta.</summary>
/// <remarks>
/// They are one unit because delta = dC/dz of the output layer is simple only where both are known
/// (Nielsen, "Neural Networks and Deep Learning", chapter 3). Vectors have one entry for each output neuron.
/// Derive from this class, or call <see cref="FromFunctions"/>, to check a cost of your own with <see cref="GradientCheck"/>.
/// The costs of this library are immutable and thread-safe. One of your own is thread-safe if its functions are.
/// </remarks>
public abstract class ReferenceCost
{
    /// <summary>For derived classes.</summary>
    /// <param name="name">Loss and output activation, e.g. <c>quadratic of sigmoid</c>.</param>
    /// <param name="kinks">The z at which the output activation has no derivative; null for none.</param>
    /// <param name="hasKinkAtTarget">Whether C has no derivative where an output is as desired, a_j = y_j.</param>
    protected ReferenceCost(string name, IReadOnlyList<double>? kinks = null, bool hasKinkAtTarget = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Kinks = kinks ?? [];
        HasKinkAtTarget = hasKinkAtTarget;
    }

    /// <summary>
    /// Every pair of loss and output activation whose delta is right, with default parameters: all but those with
    /// <see cref="ReferenceActivation.SigmoidAsPrinted"/>.
    /// </summary>
    public static IReadOnlyList<ReferenceCost> All => CostCatalogue.Right;

    /// <summary>
    /// The kinds that <see cref="Create"/> knows. A loss whose delta depends on the output activation has several entries.
    /// </summary>
    public static IReadOnlyList<ReferenceKind> Kinds => CostCatalogue.Kinds;

    /// <summary>Loss and output activation, e.g. <c>quadratic of sigmoid</c>.</summary>
    public string Name { get; }

    /// <summary>The z at which the output activation has no derivative: central differences across a kink are useless.</summary>
    public IReadOnlyList<double> Kinks { get; }

    /// <summary>
    /// Whether C has no derivative where an output is as desired, a_j = y_j, so that central differences across it are useless.
    /// </summary>
    public bool HasKinkAtTarget { get; }

    /// <summary>Creates a cost by the names of its loss and its output activation.</summary>
    /// <param name="loss">The loss: a name in <see cref="Kinds"/>, e.g. <c>quadratic</c>, which goes with any activation.</param>
    /// <param name="output">The output activation: <c>softmax</c>, or a name in <see cref="ReferenceActivation.Kinds"/>.</param>
    /// <param name="lossParameters">Values of the loss by parameter name; a parameter that is left out has its default.</param>
    /// <param name="outputParameters">Values of the output activation by parameter name, likewise.</param>
    /// <exception cref="ArgumentException">A name, the pair or a parameter is unknown; the message lists those that exist.</exception>
    public static ReferenceCost Create(
        string loss, string output, IReadOnlyDictionary<string, double>? lossParameters = null,
        IReadOnlyDictionary<string, double>? outputParameters = null) =>
        CostCatalogue.Find(loss, output).Create(lossParameters, output, outputParameters);

    /// <summary>Makes a cost from its value and its derivative with respect to the outputs, with an output activation.</summary>
    /// <param name="name">A short name, e.g. <c>log-cosh</c>.</param>
    /// <param name="output">The output activation.</param>
    /// <param name="value">C, given a and y.</param>
    /// <param name="derivative">dC/da, given a and y: without the factor f'(z), which is multiplied in afterwards.</param>
    /// <param name="hasKinkAtTarget">
    /// Whether C has no derivative at a_j = y_j. The gradient check then leaves out parameters whose step moves some a_j across y_j.
    /// </param>
    public static ReferenceCost FromFunctions(
        string name, ReferenceActivation output, CostValue value, CostDerivative derivative, bool hasKinkAtTarget = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(derivative);
        return new FunctionCost(name, output, value, derivative, hasKinkAtTarget);
    }

    /// <summary>a, the output activation of z.</summary>
    /// <param name="z">Weighted inputs of the output layer, [outputs].</param>
    /// <param name="a">Receives the outputs, [outputs].</param>
    public abstract void Output(ReadOnlySpan<double> z, Span<double> a);

    /// <summary>C, the cost of one example.</summary>
    /// <param name="z">Weighted inputs of the output layer, [outputs].</param>
    /// <param name="a">Outputs, [outputs].</param>
    /// <param name="y">Desired outputs, [outputs].</param>
    public abstract double Value(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y);

    /// <summary>delta = dC/dz, the error of the output layer.</summary>
    /// <param name="z">Weighted inputs of the output layer, [outputs].</param>
    /// <param name="a">Outputs, [outputs].</param>
    /// <param name="y">Desired outputs, [outputs].</param>
    /// <param name="delta">Receives the error, [outputs].</param>
    public abstract void Delta(ReadOnlySpan<double> z, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected static void Difference(ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> delta)
    {
        for (int j = 0; j < a.Length; j++)
            delta[j] = a[j] - y[j];
    }
}
