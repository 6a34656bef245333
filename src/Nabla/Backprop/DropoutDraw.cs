using Nabla.Kernels;

namespace Nabla;

/// <summary>Which hidden neurons are dropped in one epoch: a function of seed, epoch, example, layer and neuron alone.</summary>
/// <remarks>
/// Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to prevent neural networks from overfitting" (2014),
/// in the inverted form: kept neurons are multiplied by 1 / (1 - rate) in training, and nothing is changed in prediction. An example has
/// one random stream in each epoch, with a word for each hidden neuron, layer after layer; each layer begins with a new block of four
/// words. Immutable, and so safe for concurrent use.
/// </remarks>
/// <param name="Seed">The seed of the training run.</param>
/// <param name="Epoch">The epoch, counted from 0.</param>
public readonly record struct DropoutDraw(ulong Seed, int Epoch)
{
    private const int WordsOfABlock = 4;
    private const double Words = 1L << 32;

    /// <summary>What an example's activations are multiplied by: 0 for a dropped neuron, 1 / (1 - rate) for a kept one.</summary>
    /// <param name="topology">The network, with the rates of its layers.</param>
    /// <param name="example">Which example: its row in the data set, counted from 0.</param>
    /// <returns>[neurons of all hidden layers], layer after layer.</returns>
    public float[] Factors(Topology topology, int example)
    {
        var factors = new float[topology.Sizes.Skip(1).SkipLast(1).Sum()];
        int start = 0;
        for (int layer = 0; layer < topology.LayerCount - 1; layer++)
        {
            int outputs = topology.Outputs(layer);
            Fill(topology.Layers[layer].Dropout, FirstBlock(topology, layer), example, factors.AsSpan(start, outputs));
            start += outputs;
        }
        return factors;
    }

    /// <summary>The block of an example's stream at which the words of a layer begin.</summary>
    internal static uint FirstBlock(Topology topology, int layer)
    {
        uint blocks = 0;
        for (int below = 0; below < layer; below++)
            blocks += ((uint)topology.Outputs(below) + WordsOfABlock - 1) / WordsOfABlock;
        return blocks;
    }

    /// <summary>The factors of one layer for one example.</summary>
    /// <param name="rate">The share that is dropped, from 0 to below 1.</param>
    /// <param name="firstBlock">See <see cref="FirstBlock"/>.</param>
    /// <param name="example">Which example of the data set.</param>
    /// <param name="factors">[outputs of the layer].</param>
    internal void Fill(float rate, uint firstBlock, int example, Span<float> factors)
    {
        ulong index = (ulong)(uint)Epoch << 32 | (uint)example;
        long threshold = (long)(rate * Words); // a smaller word drops its neuron
        uint kept = BitConverter.SingleToUInt32Bits(1f / (1f - rate));
        uint block = firstBlock;
        for (; factors.Length >= WordsOfABlock; factors = factors[WordsOfABlock..])
        {
            var words = RandomStream.Block(Seed, RandomPurpose.Dropout, index, block++);
            factors[3] = Factor(words.Word3, threshold, kept);
            factors[2] = Factor(words.Word2, threshold, kept);
            factors[1] = Factor(words.Word1, threshold, kept);
            factors[0] = Factor(words.Word0, threshold, kept);
        }
        if (factors.IsEmpty)
            return;
        var (first, second, third, _) = RandomStream.Block(Seed, RandomPurpose.Dropout, index, block);
        ReadOnlySpan<uint> last = [first, second, third];
        for (int i = 0; i < factors.Length; i++)
            factors[i] = Factor(last[i], threshold, kept);
    }

    // Without a branch: half of them would be predicted wrongly. The difference is negative where the neuron is dropped.
    private static float Factor(uint word, long threshold, uint kept) =>
        BitConverter.UInt32BitsToSingle(kept & ~(uint)((word - threshold) >> 63));
}
