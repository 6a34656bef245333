namespace Nabla;

/// <summary>The shape of a network: how many neurons each layer has, what they apply, and where each layer's parameters stand in the buffer.</summary>
/// <remarks>
/// The buffer holds all weights, layer by layer, each [outputs, inputs] row by row, and then all biases, layer by layer. So whatever treats
/// weights and biases differently (L2 decay) sees two stretches, whatever the depth.
/// </remarks>
public sealed class Topology
{
    // An array's length, less what aligning it may take.
    private static readonly int MostParameters = Array.MaxLength - 64;

    private readonly int[] sizes;
    private readonly int[] weightOffsets;
    private readonly int[] biasOffsets;

    /// <summary>Describes a network.</summary>
    /// <param name="sizes">Inputs, hidden sizes, outputs: at least two numbers, each at least 1.</param>
    /// <param name="hiddenActivation">For every layer but the last; any but softmax.</param>
    /// <param name="outputActivation">For the last layer.</param>
    /// <exception cref="ArgumentException">A size is not positive, softmax is asked for in a hidden layer, or the parameters are too many for one buffer.</exception>
    public Topology(IReadOnlyList<int> sizes, Activation hiddenActivation, Activation outputActivation)
    {
        if (sizes.Count < 2 || sizes.Any(size => size < 1))
            throw new ArgumentException($"A network needs at least two layer sizes, each at least 1, not [{string.Join(", ", sizes)}].", nameof(sizes));
        if (hiddenActivation == Activation.Softmax)
            throw new ArgumentException("Softmax is for the output layer; use sigmoid, tanh or relu in hidden layers.", nameof(hiddenActivation));
        this.sizes = [.. sizes];
        HiddenActivation = hiddenActivation;
        OutputActivation = outputActivation;

        weightOffsets = new int[LayerCount];
        biasOffsets = new int[LayerCount];
        long offset = 0;
        for (int layer = 0; layer < LayerCount; layer++)
            offset = Advance(offset, (long)Inputs(layer) * Outputs(layer), out weightOffsets[layer]);
        WeightCount = (int)offset;
        for (int layer = 0; layer < LayerCount; layer++)
            offset = Advance(offset, Outputs(layer), out biasOffsets[layer]);
        ParameterCount = (int)offset;
    }

    /// <summary>Inputs, hidden sizes, outputs.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Layers with parameters: one fewer than <see cref="Sizes"/> has numbers.</summary>
    public int LayerCount => sizes.Length - 1;

    /// <summary>What every layer but the last applies.</summary>
    public Activation HiddenActivation { get; }

    /// <summary>What the last layer applies.</summary>
    public Activation OutputActivation { get; }

    /// <summary>Weights of all layers together; they come first in the buffer.</summary>
    public int WeightCount { get; }

    /// <summary>Weights and biases of all layers together: the length of the buffer.</summary>
    public int ParameterCount { get; }

    /// <summary>Inputs of a layer, counted from 0.</summary>
    public int Inputs(int layer) => sizes[layer];

    /// <summary>Outputs of a layer, counted from 0.</summary>
    public int Outputs(int layer) => sizes[layer + 1];

    /// <summary>A layer's weights, [outputs, inputs], in a buffer of this topology.</summary>
    public Span<float> Weights(Span<float> buffer, int layer) => buffer.Slice(weightOffsets[layer], Inputs(layer) * Outputs(layer));

    /// <summary>A layer's biases, [outputs], in a buffer of this topology.</summary>
    public Span<float> Biases(Span<float> buffer, int layer) => buffer.Slice(biasOffsets[layer], Outputs(layer));

    /// <inheritdoc/>
    public override string ToString() => string.Join("-", sizes);

    private static long Advance(long offset, long count, out int start)
    {
        if (offset + count > MostParameters)
            throw new ArgumentException($"The network has more than {MostParameters} parameters, which one buffer cannot hold: use smaller layers.");
        start = (int)offset;
        return offset + count;
    }
}
