namespace Nabla.Reference;

/// <summary>The examples of a mini-batch for one network, checked once.</summary>
internal readonly ref struct Examples
{
    private readonly ReadOnlySpan<double> xs, ys, weights, dropout;
    private readonly int inputs, outputs, hidden;

    /// <param name="network">The network that they are for.</param>
    /// <param name="xs">[n, inputs].</param>
    /// <param name="ys">[n, outputs].</param>
    /// <param name="weights">[n], or empty for 1 each.</param>
    /// <param name="dropout">[n, hidden neurons], or empty for 1 each.</param>
    /// <exception cref="ArgumentException">
    /// The tables do not fit the network or each other, or a weight or a factor is not allowed.
    /// </exception>
    public Examples(
        ReferenceNetwork network, ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReadOnlySpan<double> weights,
        ReadOnlySpan<double> dropout)
    {
        (inputs, outputs, hidden) = (network.Sizes[0], network.Sizes[^1], network.HiddenNeurons);
        Count = xs.Length / inputs;
        if (Count == 0 || xs.Length != Count * inputs || ys.Length != (long)Count * outputs)
        {
            throw new ArgumentException(
                $"{xs.Length} inputs and {ys.Length} desired outputs are not a batch for a network of {inputs} inputs and "
                + $"{outputs} outputs: give each example one row in both tables.",
                nameof(xs));
        }
        if (!weights.IsEmpty && weights.Length != Count)
            throw new ArgumentException($"There are {weights.Length} weights for {Count} examples.", nameof(weights));
        RequireAllowed(weights, "weight", nameof(weights));
        if (!dropout.IsEmpty && dropout.Length != (long)Count * hidden)
        {
            throw new ArgumentException(
                $"There are {dropout.Length} dropout factors for {Count} examples and {hidden} hidden neurons.", nameof(dropout));
        }
        RequireAllowed(dropout, "dropout factor", nameof(dropout));
        this.xs = xs;
        this.ys = ys;
        this.weights = weights;
        this.dropout = dropout;
    }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>The inputs of example i.</summary>
    public ReadOnlySpan<double> X(int i) => xs.Slice(i * inputs, inputs);

    /// <summary>The desired outputs of example i.</summary>
    public ReadOnlySpan<double> Y(int i) => ys.Slice(i * outputs, outputs);

    /// <summary>The weight of example i. A product with 1 is exact, so weights of 1 and no weights give the same bits.</summary>
    public double Weight(int i) => weights.IsEmpty ? 1.0 : weights[i];

    /// <summary>The dropout factors of example i; empty if there are none.</summary>
    public ReadOnlySpan<double> Dropout(int i) => dropout.IsEmpty ? default : dropout.Slice(i * hidden, hidden);

    private static void RequireAllowed(ReadOnlySpan<double> numbers, string what, string parameter)
    {
        foreach (double number in numbers)
        {
            if (!double.IsFinite(number) || number < 0.0)
                throw new ArgumentException($"An example's {what} must be finite and at least 0, not {number}.", parameter);
        }
    }
}
