using Nabla.Kernels;

namespace Nabla;

/// <summary>The first layer: reads inputs, and computes the products they take part in. Threads may compute parts at once.</summary>
internal abstract class InputLayer
{
    /// <summary>Parts of a batch begin at multiples of it.</summary>
    public const int Grain = SparseProduct.Grain;

    /// <summary>Begins a batch.</summary>
    public virtual void Begin(in Batch batch)
    {
    }

    /// <summary>Reads some examples.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The first of them, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    public abstract void Read(in Batch batch, int start, int count);

    /// <summary>Whether <see cref="PackWeights"/> pays before each thread takes its own examples through the layer.</summary>
    public virtual bool PacksWeights => false;

    /// <summary>Packs one part of the weights, once for all threads.</summary>
    public virtual void PackWeights(int part, int parts)
    {
    }

    /// <summary>z = b + x w for some examples, and a = f(z).</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="team">The threads that share the outputs.</param>
    /// <param name="start">The first of the examples, a multiple of <see cref="Grain"/>.</param>
    /// <param name="count">Examples.</param>
    /// <param name="z">[count, outputs].</param>
    /// <param name="activation">f; null for none.</param>
    /// <param name="a">[count, outputs]; may be z.</param>
    public abstract void Forward(
        in Batch batch, ThreadTeam team, int start, int count, Span<float> z, LayerActivation? activation, Span<float> a);

    /// <summary>Prepares the errors of some examples for the gradient.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="delta">[count, outputs].</param>
    /// <param name="start">The first of the examples.</param>
    /// <param name="count">Examples.</param>
    public virtual void PackErrors(in Batch batch, ReadOnlySpan<float> delta, int start, int count)
    {
    }

    /// <summary>Whether what was computed since <see cref="Begin"/> is valid; if not, <see cref="DenseInputLayer"/> computes it.</summary>
    public virtual bool IsValid => true;

    /// <summary>Into how many parts to cut the gradient for so many threads.</summary>
    public abstract int GradientParts(int threads);

    /// <summary>Which inputs' weights make up one of these parts.</summary>
    public abstract (int Start, int End) GradientInputs(int part, int parts);

    /// <summary>nabla_w = x^T delta for the inputs of one part.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="delta">[examples, outputs].</param>
    /// <param name="gradient">[end - start, outputs].</param>
    /// <param name="start">Where the inputs begin.</param>
    /// <param name="end">Where they end.</param>
    public abstract void Gradient(in Batch batch, ReadOnlySpan<float> delta, Span<float> gradient, int start, int end);
}
