using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>One step of stochastic gradient descent over a span: w -= learningRate * (g + decay * w).</summary>
public static class SgdUpdate
{
    /// <summary>Moves the parameters one step against the gradient.</summary>
    /// <param name="gradient">Mean gradient of the cost, one for each parameter.</param>
    /// <param name="learningRate">Length of the step.</param>
    /// <param name="decay">L2 coefficient; 0 for biases.</param>
    /// <param name="parameters">Updated in place.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(ReadOnlySpan<float> gradient, float learningRate, float decay, Span<float> parameters)
    {
        if (gradient.Length != parameters.Length)
            throw new ArgumentException($"{parameters.Length} parameters have {gradient.Length} gradients.", nameof(gradient));
        Step(gradient, learningRate, decay, KernelChoice.Width, parameters);
    }

    internal static void Step(ReadOnlySpan<float> gradient, float learningRate, float decay, KernelWidth width, Span<float> parameters)
    {
        int done = width switch
        {
            KernelWidth.Vector512 => Vectors<Lanes512, Vector512<float>>(gradient, learningRate, decay, 0, parameters),
            KernelWidth.Vector256 => Vectors<Lanes256, Vector256<float>>(gradient, learningRate, decay, 0, parameters),
            KernelWidth.Vector128 => Vectors<Lanes128, Vector128<float>>(gradient, learningRate, decay, 0, parameters),
            _ => 0,
        };
        Vectors<ScalarLanes, float>(gradient, learningRate, decay, done, parameters);
    }

    private static int Vectors<L, V>(ReadOnlySpan<float> gradient, float learningRate, float decay, int start, Span<float> parameters)
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        ref float g = ref MemoryMarshal.GetReference(gradient);
        ref float w = ref MemoryMarshal.GetReference(parameters);
        V against = L.Broadcast(-learningRate);
        V shrink = L.Broadcast(decay);
        int i = start;
        for (; i <= parameters.Length - L.Count; i += L.Count)
        {
            V weight = L.Load(ref w, (nuint)i);
            V slope = L.FusedMultiplyAdd(shrink, weight, L.Load(ref g, (nuint)i));
            L.Store(L.FusedMultiplyAdd(against, slope, weight), ref w, (nuint)i);
        }
        return i;
    }
}
