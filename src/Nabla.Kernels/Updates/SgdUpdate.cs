using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>One step of stochastic gradient descent over a span: w -= learningRate * (g + decay * w).</summary>
internal static class SgdUpdate
{
    /// <summary>Moves the parameters one step against the gradient.</summary>
    /// <param name="gradient">[n] mean gradient of the cost.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="decay">Weight decay: the L2 coefficient; 0 for biases.</param>
    /// <param name="parameters">[n] w; updated in place.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(ReadOnlySpan<float> gradient, float learningRate, float decay, Span<float> parameters)
    {
        if (gradient.Length != parameters.Length)
            throw new ArgumentException($"{parameters.Length} parameters have {gradient.Length} gradients.", nameof(gradient));
        Step(gradient, learningRate, decay, KernelChoice.Width, parameters);
    }

    internal static void Step(ReadOnlySpan<float> gradient, float learningRate, float decay, KernelWidth width, Span<float> parameters)
    {
        var loop = new Loop(gradient, learningRate, decay, parameters);
        WidthDispatch.Run(width, ref loop);
    }

    private readonly ref struct Loop(ReadOnlySpan<float> gradient, float learningRate, float decay, Span<float> parameters) : IVectorized
    {
        private readonly ref readonly float gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly int length = parameters.Length;
        private readonly float learningRate = learningRate, decay = decay;

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged => RunFrom<ScalarLanes, float>(RunFrom<L, V>(0));

        /// <summary>Processes whole vectors, starting at an element.</summary>
        /// <returns>The first element that is not processed.</returns>
        private int RunFrom<L, V>(int start)
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            ref readonly float g = ref gradient;
            ref float w = ref parameters;
            V against = L.Broadcast(-learningRate), shrink = L.Broadcast(decay);
            int i = start, last = length - L.Count;
            for (; i <= last; i += L.Count)
            {
                V weight = L.Load(in w, (nuint)i);
                V slope = L.FusedMultiplyAdd(shrink, weight, L.Load(in g, (nuint)i));
                L.Store(L.FusedMultiplyAdd(against, slope, weight), ref w, (nuint)i);
            }
            return i;
        }
    }
}
