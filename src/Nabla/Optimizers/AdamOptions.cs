using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Adam: steps scaled by running means of the gradient and its square (Kingma and Ba, 2015). Immutable.</summary>
public sealed record AdamOptions() : OptimizerOptions("adam", "steps scaled by running means of the gradient and its square")
{
    private static readonly KindParameter[] AllParameters =
    [
        .. CommonParameters,
        KindParameter.Create<AdamOptions>("beta1", adam => adam.Beta1, (adam, value) => adam with { Beta1 = value }),
        KindParameter.Create<AdamOptions>("beta2", adam => adam.Beta2, (adam, value) => adam with { Beta2 = value }),
        KindParameter.Create<AdamOptions>("epsilon", adam => adam.Epsilon, (adam, value) => adam with { Epsilon = value }),
    ];

    /// <summary>Step size; above 0 (default: 0.001).</summary>
    public override float LearningRate { get; init; } = 0.001f;

    /// <summary>Decay of the mean of gradients; from 0 to below 1 (default: 0.9).</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the mean of squares; from 0 to below 1 (default: 0.999).</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the mean square; above 0 (default: 1e-8).</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => new Adam(this, blocks);

    internal override void Validate()
    {
        base.Validate();
        if (!(Beta1 is >= 0 and < 1) || !(Beta2 is >= 0 and < 1))
        {
            throw new InvalidOptionException(
                $"Adam's decays are {Beta1} and {Beta2}", "Use numbers from 0 to below 1; the usual ones are 0.9 and 0.999.");
        }
        if (!(Epsilon > 0) || !float.IsFinite(Epsilon))
            throw new InvalidOptionException(
                $"Adam's epsilon is {Epsilon}", "Use a finite number above 0; the usual one is 1e-8.", nameof(Epsilon));
    }

    /// <summary>Both running means are as long as the parameters.</summary>
    private sealed class Adam(AdamOptions options, IReadOnlyList<ParameterBlock> blocks) : Optimizer(options, blocks)
    {
        private readonly float[] mean = new float[blocks[^1].End];
        private readonly float[] square = new float[blocks[^1].End];

        // beta^steps, by one multiplication a step: no pow, whose bits differ between systems.
        private double power1 = 1;
        private double power2 = 1;

        // Of the step that has begun.
        private float learningRate;
        private float rootScale;

        internal override IReadOnlyList<(string Name, float[] Values)> State => [("mean", mean), ("square", square)];

        internal override void Restore(long steps)
        {
            // Only 1 - beta^steps is ever used. Once that is 1 for both it stays so: a file that claims 2^62 steps is not counted up to.
            for (long step = 0; step < steps && (1 - power1 != 1 || 1 - power2 != 1); step++)
                CountStep();
        }

        internal override void BeginStep(in StepContext context)
        {
            CountStep();
            learningRate = context.LearningRate;
            rootScale = (float)(1 / double.Sqrt(1 - power2));
        }

        private protected override void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay, float factor)
        {
            var loop = new Loop(
                gradient, mean.AsSpan(start, parameters.Length), square.AsSpan(start, parameters.Length), parameters, options,
                stepSize: (float)(learningRate * factor / (1 - power1)), rootScale, decay);
            WidthDispatch.Run(Width, ref loop);
        }

        private void CountStep()
        {
            power1 *= options.Beta1;
            power2 *= options.Beta2;
        }
    }
    /// <summary>w -= stepSize * m / (rootScale * sqrt(v) + epsilon); stepSize and rootScale include the step's bias corrections.</summary>
    private readonly ref struct Loop(
        ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square, Span<float> parameters, AdamOptions options, float stepSize,
        float rootScale, float decay) : IVectorized
    {
        private readonly ref readonly float gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly ref float mean = ref MemoryMarshal.GetReference(mean);
        private readonly ref float square = ref MemoryMarshal.GetReference(square);
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly int length = parameters.Length;
        private readonly float beta1 = options.Beta1, beta2 = options.Beta2, epsilon = options.Epsilon;
        private readonly float stepSize = stepSize, rootScale = rootScale, decay = decay;

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged => RunFrom<ScalarLanes, float>(RunFrom<L, V>(0));

        /// <summary>Processes whole vectors, starting at a parameter.</summary>
        /// <returns>The first parameter that is not processed.</returns>
        private int RunFrom<L, V>(int start)
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            ref readonly float g = ref gradient;
            ref float m = ref mean, v = ref square, w = ref parameters;
            V keep1 = L.Broadcast(beta1), rest1 = L.Broadcast(1f - beta1);
            V keep2 = L.Broadcast(beta2), rest2 = L.Broadcast(1f - beta2);
            V nonZero = L.Broadcast(epsilon), scale = L.Broadcast(rootScale);
            V against = L.Broadcast(-stepSize), shrink = L.Broadcast(decay);
            int i = start, last = length - L.Count;
            for (; i <= last; i += L.Count)
            {
                var at = (nuint)i;
                V weight = L.Load(in w, at);
                V slope = L.FusedMultiplyAdd(shrink, weight, L.Load(in g, at));
                V newMean = L.FusedMultiplyAdd(keep1, L.Load(in m, at), L.Multiply(rest1, slope));
                V newSquare = L.FusedMultiplyAdd(keep2, L.Load(in v, at), L.Multiply(L.Multiply(rest2, slope), slope));
                V root = L.FusedMultiplyAdd(scale, L.Sqrt(newSquare), nonZero);
                L.Store(newMean, ref m, at);
                L.Store(newSquare, ref v, at);
                L.Store(L.FusedMultiplyAdd(against, L.Divide(newMean, root), weight), ref w, at);
            }
            return i;
        }
    }
}
