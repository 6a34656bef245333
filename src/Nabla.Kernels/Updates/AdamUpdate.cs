using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>The coefficients of one Adam step, including the bias corrections of that step.</summary>
/// <param name="Beta1">Decay of the mean of gradients.</param>
/// <param name="Beta2">Decay of the mean of their squares.</param>
/// <param name="Epsilon">Added to the root to prevent division by zero.</param>
/// <param name="StepSize">Learning rate / (1 - beta1^t).</param>
/// <param name="RootScale">1 / sqrt(1 - beta2^t).</param>
/// <param name="Decay">Weight decay: this L2 coefficient times the parameter is added to the gradient; 0 for biases.</param>
internal readonly record struct AdamCoefficients(float Beta1, float Beta2, float Epsilon, float StepSize, float RootScale, float Decay);

/// <summary>One step of Adam over a span (Kingma and Ba, "Adam: a method for stochastic optimization", 2015).</summary>
internal static class AdamUpdate
{
    /// <summary>Updates the parameters: w -= stepSize * m / (rootScale * sqrt(v) + epsilon).</summary>
    /// <param name="gradient">[n] mean gradient of the cost.</param>
    /// <param name="coefficients">Coefficients of this step.</param>
    /// <param name="mean">[n] m: running mean of the gradients; updated in place.</param>
    /// <param name="square">[n] v: running mean of their squares; updated in place.</param>
    /// <param name="parameters">[n] w; updated in place.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(
        ReadOnlySpan<float> gradient, AdamCoefficients coefficients, Span<float> mean, Span<float> square, Span<float> parameters)
    {
        if (gradient.Length != parameters.Length || mean.Length != parameters.Length || square.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"{parameters.Length} parameters have {gradient.Length} gradients, {mean.Length} means and {square.Length} squares.");
        }
        Step(gradient, coefficients, KernelChoice.Width, mean, square, parameters);
    }

    internal static void Step(
        ReadOnlySpan<float> gradient, AdamCoefficients coefficients, KernelWidth width,
        Span<float> mean, Span<float> square, Span<float> parameters)
    {
        var loop = new Loop(gradient, coefficients, mean, square, parameters);
        WidthDispatch.Run(width, ref loop);
    }

    private readonly ref struct Loop(
        ReadOnlySpan<float> gradient, AdamCoefficients coefficients, Span<float> mean, Span<float> square, Span<float> parameters)
        : IVectorized
    {
        private readonly ref readonly float gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly ref float mean = ref MemoryMarshal.GetReference(mean);
        private readonly ref float square = ref MemoryMarshal.GetReference(square);
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly int length = parameters.Length;
        private readonly AdamCoefficients coefficients = coefficients;

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
            ref float m = ref mean, v = ref square, w = ref parameters;
            V beta1 = L.Broadcast(coefficients.Beta1), rest1 = L.Broadcast(1f - coefficients.Beta1);
            V beta2 = L.Broadcast(coefficients.Beta2), rest2 = L.Broadcast(1f - coefficients.Beta2);
            V epsilon = L.Broadcast(coefficients.Epsilon), rootScale = L.Broadcast(coefficients.RootScale);
            V against = L.Broadcast(-coefficients.StepSize), shrink = L.Broadcast(coefficients.Decay);
            int i = start, last = length - L.Count;
            for (; i <= last; i += L.Count)
            {
                var at = (nuint)i;
                V weight = L.Load(in w, at);
                V slope = L.FusedMultiplyAdd(shrink, weight, L.Load(in g, at));
                V newMean = L.FusedMultiplyAdd(beta1, L.Load(in m, at), L.Multiply(rest1, slope));
                V newSquare = L.FusedMultiplyAdd(beta2, L.Load(in v, at), L.Multiply(L.Multiply(rest2, slope), slope));
                V root = L.FusedMultiplyAdd(rootScale, L.Sqrt(newSquare), epsilon);
                L.Store(newMean, ref m, at);
                L.Store(newSquare, ref v, at);
                L.Store(L.FusedMultiplyAdd(against, L.Divide(newMean, root), weight), ref w, at);
            }
            return i;
        }
    }
}
