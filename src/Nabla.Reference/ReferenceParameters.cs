namespace Nabla.Reference;

/// <summary>
/// One number for each weight and each bias of a network: the parameters themselves, their gradient, or factors of the learning rate.
/// </summary>
/// <remarks>
/// <para>One buffer with named views into it: all weights, layer by layer, [outputs, inputs] row by row; then all biases, layer by
/// layer.</para>
/// <para>Not thread-safe: it is a plain buffer, and concurrent access is not detected.</para>
/// </remarks>
public sealed class ReferenceParameters
{
    private readonly int[] sizes;
    private readonly int[] weightsAt; // where layer l's weights begin; one more entry: where the biases begin
    private readonly int[] biasesAt;  // where layer l's biases begin; one more entry: the end
    private readonly double[] values;

    /// <summary>All zeros.</summary>
    /// <param name="sizes">Neurons of each layer, inputs first and outputs last: at least two, each at least 1.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two sizes, one is below 1, or an array cannot hold the parameters.
    /// </exception>
    public ReferenceParameters(IReadOnlyList<int> sizes)
    {
        if (sizes.Count < 2 || sizes.Any(size => size < 1))
        {
            throw new ArgumentException(
                $"A network needs at least two sizes, inputs and outputs, each 1 or more; given: [{string.Join(", ", sizes)}].",
                nameof(sizes));
        }
        this.sizes = [.. sizes];
        RequireFits(this.sizes, nameof(sizes));
        weightsAt = new int[sizes.Count];
        biasesAt = new int[sizes.Count];
        for (int l = 0; l < Layers; l++)
            weightsAt[l + 1] = weightsAt[l] + sizes[l + 1] * sizes[l];
        biasesAt[0] = weightsAt[Layers];
        for (int l = 0; l < Layers; l++)
            biasesAt[l + 1] = biasesAt[l] + sizes[l + 1];
        values = new double[biasesAt[Layers]];
    }

    /// <summary>Neurons of each layer, inputs first and outputs last.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Number of layers that have weights: one less than there are sizes.</summary>
    public int Layers => sizes.Length - 1;

    /// <summary>How many numbers there are.</summary>
    public int Count => values.Length;

    /// <summary>Everything, in the order that the class describes.</summary>
    public Span<double> All => values;

    /// <summary>The weights of all layers.</summary>
    public Span<double> AllWeights => values.AsSpan(0, biasesAt[0]);

    /// <summary>The biases of all layers.</summary>
    public Span<double> AllBiases => values.AsSpan(biasesAt[0]);

    /// <summary>w of layer l, [outputs, inputs].</summary>
    /// <param name="l">Layer, from 0.</param>
    public Span<double> Weights(int l) => values.AsSpan(weightsAt[l], weightsAt[l + 1] - weightsAt[l]);

    /// <summary>w_j of layer l, the weights of neuron j: [inputs].</summary>
    /// <param name="l">Layer, from 0.</param>
    /// <param name="j">Neuron of that layer, from 0.</param>
    public Span<double> Weights(int l, int j) => values.AsSpan(weightsAt[l] + j * sizes[l], sizes[l]);

    /// <summary>b of layer l, [outputs].</summary>
    /// <param name="l">Layer, from 0.</param>
    public Span<double> Biases(int l) => values.AsSpan(biasesAt[l], sizes[l + 1]);

    /// <summary>The range of a layer's weights within <see cref="All"/>.</summary>
    /// <param name="l">Layer, from 0.</param>
    public Range WeightRange(int l) => weightsAt[l]..weightsAt[l + 1];

    /// <summary>The range of a layer's biases within <see cref="All"/>.</summary>
    /// <param name="l">Layer, from 0.</param>
    public Range BiasRange(int l) => biasesAt[l]..biasesAt[l + 1];

    /// <summary>Sets every number to zero.</summary>
    public void Clear() => Array.Clear(values);

    /// <summary>Sets every number.</summary>
    /// <param name="source">[<see cref="Count"/>], in the order that the class describes.</param>
    /// <exception cref="ArgumentException">The length is not <see cref="Count"/>.</exception>
    public void CopyFrom(ReadOnlySpan<double> source)
    {
        if (source.Length != Count)
            throw new ArgumentException($"{string.Join("-", sizes)} has {Count} parameters, not {source.Length}.", nameof(source));
        source.CopyTo(values);
    }

    /// <summary>Copies every number.</summary>
    /// <param name="destination">[<see cref="Count"/> or more], in the order that the class describes.</param>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CopyTo(Span<double> destination) => values.CopyTo(destination);

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join("-", sizes)}: {Count} parameters";

    /// <summary>Whether the other one has the same layers.</summary>
    internal bool HasShapeOf(ReferenceParameters other) => sizes.AsSpan().SequenceEqual(other.sizes);

    // In longs: 50,000 neurons after 50,000 have more weights than an int can count.
    private static void RequireFits(int[] sizes, string argument)
    {
        long count = 0;
        for (int l = 0; l < sizes.Length - 1 && count <= Array.MaxLength; l++)
            count += (long)sizes[l + 1] * sizes[l] + sizes[l + 1]; // at most 2^31 + 2^62 + 2^31
        if (count > Array.MaxLength)
        {
            throw new ArgumentException(
                $"Layers of {string.Join(", ", sizes)} neurons have too many weights and biases: an array holds at most "
                + $"{Array.MaxLength} doubles ({sizeof(double) * (long)Array.MaxLength} bytes). Use smaller layers.",
                argument);
        }
    }
}
