namespace Nabla;

/// <summary>The shape of a network: how many neurons each layer has, what they apply, and where each layer's parameters stand in the buffer.</summary>
/// <remarks>
/// The buffer holds all weights, layer by layer, and then all biases, layer by layer. So whatever treats weights and biases differently (L2 decay) sees
/// two stretches, whatever the depth. A layer's weights stand input by input: [inputs, outputs] row by row, as the products want them. Files and
/// other libraries want them neuron by neuron, [outputs, inputs]: <see cref="ByNeuron"/> and <see cref="FromByNeuron"/> turn one into the other.
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
            throw new InvalidOptionException("Softmax is for the output layer only", "Use sigmoid, tanh or relu in hidden layers.", "Activation");
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

    /// <summary>A layer's weights, [inputs, outputs], in a buffer of this topology.</summary>
    public Span<float> Weights(Span<float> buffer, int layer) => buffer.Slice(weightOffsets[layer], Inputs(layer) * Outputs(layer));

    /// <summary>Where a layer's weights begin in a buffer of this topology.</summary>
    internal int WeightOffset(int layer) => weightOffsets[layer];

    /// <summary>A layer's biases, [outputs], in a buffer of this topology.</summary>
    public Span<float> Biases(Span<float> buffer, int layer) => buffer.Slice(biasOffsets[layer], Outputs(layer));

    /// <summary>Copies a buffer of this topology, turning each layer's weights into [outputs, inputs]: those of a neuron stand together.</summary>
    /// <param name="buffer">Parameters, or a gradient, in the order of <see cref="Network.Parameters"/>.</param>
    /// <exception cref="ArgumentException">It is not <see cref="ParameterCount"/> long.</exception>
    public float[] ByNeuron(ReadOnlySpan<float> buffer)
    {
        CheckLength(buffer.Length, nameof(buffer));
        float[] byNeuron = buffer.ToArray();
        for (int layer = 0; layer < LayerCount; layer++)
            Transpose(buffer[weightOffsets[layer]..], Inputs(layer), Outputs(layer), Weights(byNeuron, layer));
        return byNeuron;
    }

    /// <summary>The reverse of <see cref="ByNeuron"/>.</summary>
    /// <param name="byNeuron">Weights of all layers, each [outputs, inputs], then biases of all layers.</param>
    /// <param name="buffer">Receives them in the order of <see cref="Network.Parameters"/>.</param>
    /// <exception cref="ArgumentException">One of them is not <see cref="ParameterCount"/> long.</exception>
    public void FromByNeuron(ReadOnlySpan<float> byNeuron, Span<float> buffer)
    {
        CheckLength(byNeuron.Length, nameof(byNeuron));
        CheckLength(buffer.Length, nameof(buffer));
        byNeuron[WeightCount..].CopyTo(buffer[WeightCount..]);
        for (int layer = 0; layer < LayerCount; layer++)
            Transpose(byNeuron[weightOffsets[layer]..], Outputs(layer), Inputs(layer), Weights(buffer, layer));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("-", sizes);

    private static void Transpose(ReadOnlySpan<float> matrix, int rows, int columns, Span<float> transposed)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                transposed[j * rows + i] = matrix[i * columns + j];
        }
    }

    private void CheckLength(int length, string name)
    {
        if (length != ParameterCount)
            throw new ArgumentException($"The network has {ParameterCount} parameters, not {length}.", name);
    }

    private static long Advance(long offset, long count, out int start)
    {
        if (offset + count > MostParameters)
            throw new InvalidOptionException($"The network has more than {MostParameters} parameters, which one buffer cannot hold", "Use smaller layers.");
        start = (int)offset;
        return offset + count;
    }
}
