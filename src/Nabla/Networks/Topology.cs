using System.Collections.ObjectModel;

namespace Nabla;

/// <summary>
/// The shape of a network: how many neurons each layer has, what they apply, and where their parameters stand in the buffer.
/// </summary>
/// <remarks>
/// The buffer holds the weights of all layers and then the biases of all layers, so that whatever treats the two differently (weight
/// decay) sees two stretches, whatever the depth. A layer's weights are [inputs, outputs] row by row, as the products need them; files and
/// fingerprints hold them neuron by neuron, [outputs, inputs]: see <see cref="ByNeuron"/>. Immutable, and so safe for concurrent use.
/// </remarks>
public sealed class Topology
{
    // Names that stand for several blocks, where learning-rate factors are given.
    private const string AllWeights = "*.weight", AllBiases = "*.bias";

    private readonly int[] sizes;
    private readonly ParameterBlock[] blocks; // weights of all layers, then biases of all layers

    /// <summary>Describes a network layer by layer.</summary>
    /// <param name="inputs">Features of an example, at least 1.</param>
    /// <param name="layers">From the first hidden layer to the output layer; at least one.</param>
    /// <exception cref="InvalidOptionException">
    /// There is no layer, a size is below 1, a hidden layer has an activation that is for output layers, a parameter of an activation or a
    /// dropout rate is out of range, the output layer has one, or the parameters are too many for one buffer.
    /// </exception>
    public Topology(int inputs, IReadOnlyList<Layer> layers)
        : this(inputs, layers, NoFactors)
    {
    }

    /// <summary>Describes a network whose parameters do not all learn at the same rate.</summary>
    /// <param name="inputs">Features of an example, at least 1.</param>
    /// <param name="layers">From the first hidden layer to the output layer; at least one.</param>
    /// <param name="learningRateFactors">
    /// <see cref="ParameterBlock.LearningRateFactor"/> by the name of the block, such as <c>layers.0.bias</c>: 0 or more. A block that is
    /// not named has factor 1. <c>*.weight</c> and <c>*.bias</c> stand for all blocks of that kind that are not named.
    /// </param>
    /// <param name="neuralTangent">
    /// Whether the factor of a layer's weights is also divided by the square root of the layer's inputs. With Adam, this trains as weights
    /// that are divided by that root in each forward pass (the neural tangent parametrization of Jacot, Gabriel and Hongler, 2018).
    /// </param>
    /// <exception cref="InvalidOptionException">
    /// As for <see cref="Topology(int, IReadOnlyList{Layer})"/>; or a factor is negative or not finite, or there is no such block.
    /// </exception>
    public Topology(
        int inputs, IReadOnlyList<Layer> layers, IReadOnlyDictionary<string, float> learningRateFactors, bool neuralTangent = false)
    {
        Layers = [.. layers];
        sizes = [inputs, .. layers.Select(layer => layer.Outputs)];
        if (layers.Count == 0 || sizes.Any(size => size < 1))
        {
            throw new InvalidOptionException(
                $"Layers of the sizes [{string.Join(", ", sizes)}] are not a network", "Give at least two sizes, each at least 1.");
        }
        if (layers.SkipLast(1).FirstOrDefault(layer => !layer.Activation.IsElementwise) is { } wrong)
        {
            throw new InvalidOptionException(
                $"{wrong.Activation} is for the output layer only",
                $"Use {string.Join(", ", Activation.Elementwise.Names)} in hidden layers.", nameof(Layer.Activation));
        }
        foreach (var layer in layers)
            layer.Activation.Validate();
        CheckDropout();
        blocks = CreateBlocks(learningRateFactors, neuralTangent);
        WeightCount = blocks[LayerCount - 1].End;
        ParameterCount = blocks[^1].End;
    }

    /// <summary>Describes a network whose hidden layers all have the same activation.</summary>
    /// <param name="sizes">Inputs, hidden sizes, outputs: at least two numbers, each at least 1.</param>
    /// <param name="hiddenActivation">For every layer but the last; one of <see cref="Activation.Elementwise"/>.</param>
    /// <param name="outputActivation">For the last layer.</param>
    /// <exception cref="InvalidOptionException">As for <see cref="Topology(int, IReadOnlyList{Layer})"/>.</exception>
    public Topology(IReadOnlyList<int> sizes, Activation hiddenActivation, Activation outputActivation)
        : this(
            sizes.Count > 0 ? sizes[0] : 0,
            [.. sizes.Skip(1).Select((size, layer) => new Layer(size, layer == sizes.Count - 2 ? outputActivation : hiddenActivation))])
    {
    }

    /// <summary>From the first hidden layer to the output layer.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Inputs, hidden sizes, outputs.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Layers with parameters: one fewer than <see cref="Sizes"/> has numbers.</summary>
    public int LayerCount => sizes.Length - 1;

    /// <summary>What the last layer applies.</summary>
    public Activation OutputActivation => Layers[^1].Activation;

    /// <summary>The parameter buffer by name: the weights of all layers, then the biases of all layers.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => blocks;

    /// <summary>The blocks layer by layer, as files hold them: weights, then biases.</summary>
    public IEnumerable<ParameterBlock> BlocksByLayer =>
        Enumerable.Range(0, LayerCount).SelectMany(layer => new[] { blocks[layer], blocks[LayerCount + layer] });

    /// <summary>Weights of all layers together; they come first in the buffer.</summary>
    public int WeightCount { get; }

    /// <summary>Weights and biases of all layers together: the length of the buffer.</summary>
    public int ParameterCount { get; }

    /// <summary>Inputs of a layer, counted from 0.</summary>
    public int Inputs(int layer) => sizes[layer];

    /// <summary>Outputs of a layer, counted from 0.</summary>
    public int Outputs(int layer) => sizes[layer + 1];

    /// <summary>A layer's weights, [inputs, outputs], in a buffer of this topology.</summary>
    public Span<float> Weights(Span<float> buffer, int layer) => buffer.Slice(WeightOffset(layer), blocks[layer].Length);

    /// <summary>A layer's biases, [outputs], in a buffer of this topology.</summary>
    public Span<float> Biases(Span<float> buffer, int layer) => buffer.Slice(blocks[LayerCount + layer].Start, Outputs(layer));

    /// <summary>
    /// Copies a buffer of this topology, turning each layer's weights into [outputs, inputs]: those of a neuron stand together.
    /// </summary>
    /// <param name="buffer">Parameters, or a gradient, in the order of <see cref="Network.Parameters"/>.</param>
    /// <exception cref="ArgumentException">It is not <see cref="ParameterCount"/> long.</exception>
    public float[] ByNeuron(ReadOnlySpan<float> buffer)
    {
        CheckLength(buffer.Length, nameof(buffer));
        float[] byNeuron = buffer.ToArray();
        for (int layer = 0; layer < LayerCount; layer++)
            Transpose(buffer[WeightOffset(layer)..], Inputs(layer), Outputs(layer), Weights(byNeuron, layer));
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
            Transpose(byNeuron[WeightOffset(layer)..], Outputs(layer), Inputs(layer), Weights(buffer, layer));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join("-", [$"{sizes[0]}", .. Layers.Select(layer => $"{layer.Outputs}{layer.DropoutNote}")]);

    /// <summary>Factor 1 for each block.</summary>
    internal static IReadOnlyDictionary<string, float> NoFactors { get; } = ReadOnlyDictionary<string, float>.Empty;

    /// <summary>Where a layer's weights begin in a buffer of this topology.</summary>
    internal int WeightOffset(int layer) => blocks[layer].Start;

    private void CheckDropout()
    {
        foreach (var layer in Layers)
            Layer.RequireDropout(layer.Dropout);
        if (Layers[^1].Dropout != 0)
        {
            throw new InvalidOptionException(
                $"The output layer has a dropout rate of {Layers[^1].Dropout}", "Only hidden layers can drop neurons: use 0.",
                nameof(Layer.Dropout));
        }
    }

    private ParameterBlock[] CreateBlocks(IReadOnlyDictionary<string, float> factors, bool neuralTangent)
    {
        CheckSize();
        var created = new List<ParameterBlock>();
        for (int layer = 0; layer < LayerCount; layer++)
            Add($"layers.{layer}.weight", AllWeights, [Inputs(layer), Outputs(layer)], neuralTangent ? double.Sqrt(Inputs(layer)) : 1);
        for (int layer = 0; layer < LayerCount; layer++)
            Add($"layers.{layer}.bias", AllBiases, [Outputs(layer)], 1);
        CheckFactors(factors, created);
        return [.. created];

        void Add(string name, string all, int[] shape, double divisor)
        {
            float factor = factors.GetValueOrDefault(name, factors.GetValueOrDefault(all, 1f));
            int start = created.Count == 0 ? 0 : created[^1].End;
            created.Add(new ParameterBlock(name, start, shape, Decays: all == AllWeights, (float)(factor / divisor)));
        }
    }

    private static void CheckFactors(IReadOnlyDictionary<string, float> factors, IEnumerable<ParameterBlock> blocks)
    {
        foreach (var (name, factor) in factors)
        {
            if (name is not (AllWeights or AllBiases) && !blocks.Any(block => block.Name == name))
            {
                throw new InvalidOptionException(
                    $"There is no parameter block \"{name}\" to have a learning-rate factor",
                    $"Use {AllWeights}, {AllBiases}, or the names of blocks: {string.Join(", ", blocks.Select(block => block.Name))}.");
            }
            if (!(factor >= 0) || !float.IsFinite(factor))
                throw new InvalidOptionException($"The learning-rate factor of {name} is {factor}", "Use 0 or a finite number above it.");
        }
    }

    // In bytes: files, fingerprints and optimizers see the buffer as bytes too.
    private void CheckSize()
    {
        const int Margin = 64; // what alignment may take
        const int Most = (int.MaxValue / sizeof(float)) - Margin;
        decimal count = 0;
        for (int layer = 0; layer < LayerCount; layer++)
            count += ((decimal)Inputs(layer) + 1) * Outputs(layer);
        if (count > Most)
            throw new InvalidOptionException(
                $"The network has {count} parameters, and one buffer holds at most {Most}", "Use smaller layers.");
    }

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
}
