using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Stochastic gradient descent: w -= learning rate * (gradient + L2 * w). Immutable.</summary>
public sealed record SgdOptions() : OptimizerOptions("sgd", "stochastic gradient descent: a step against the gradient")
{
    /// <summary>Step size; above 0 (default: 0.1).</summary>
    public override float LearningRate { get; init; } = 0.1f;

    /// <summary>100: quadratic loss with few examples in a batch takes large steps.</summary>
    public override float LargestLearningRate => 100f;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => new Sgd(this, blocks);

    /// <summary>It remembers nothing.</summary>
    private sealed class Sgd(SgdOptions options, IReadOnlyList<ParameterBlock> blocks) : Optimizer(options, blocks)
    {
        private float learningRate;

        internal override IReadOnlyList<(string Name, float[] Values)> State => [];

        internal override void BeginStep(in StepContext context) => learningRate = context.LearningRate;

        private protected override void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay, float factor)
        {
            var loop = new Loop(gradient, parameters, learningRate * factor, decay);
            WidthDispatch.Run(Width, ref loop);
        }
    }

    private readonly ref struct Loop(ReadOnlySpan<float> gradient, Span<float> parameters, float learningRate, float decay) : IVectorized
    {
        private readonly ref readonly float gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly int length = parameters.Length;
        private readonly float learningRate = learningRate, decay = decay;

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
