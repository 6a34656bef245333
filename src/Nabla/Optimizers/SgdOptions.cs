using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Stochastic gradient descent: w -= learning rate * (gradient + weight decay * w). Immutable.</summary>
public sealed record SgdOptions() : OptimizerOptions("sgd", "stochastic gradient descent: a step against the gradient")
{
    /// <summary>Step size; above 0 (default: 0.1).</summary>
    public override float LearningRate { get; init; } = 0.1f;

    /// <summary>100: quadratic loss with few examples in a batch takes large steps.</summary>
    public override float LargestLearningRate => 100f;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => new Sgd(this, blocks);

    private sealed class Sgd(SgdOptions options, IReadOnlyList<ParameterBlock> blocks) : ElementwiseOptimizer<Update>(options, blocks)
    {
        protected override Update CreateUpdate(float learningRate, float decay) => new(learningRate, decay);
    }

    private readonly struct Update(float learningRate, float decay) : IUpdate
    {
        public int RunFrom<L, V>(UpdateLoop loop, int start)
            where L : struct, ILanes<V>
            where V : unmanaged => loop.RunFrom<L, V, Lanes<L, V>>(new(learningRate, decay), start);
    }

    private readonly struct Lanes<L, V>(float learningRate, float decay) : IUpdateLanes<V>
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        private readonly V against = L.Broadcast(-learningRate), shrink = L.Broadcast(decay);

        public static int Memories => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V weight, V gradient, ref V first, ref V second, ref V third) =>
            L.FusedMultiplyAdd(against, L.FusedMultiplyAdd(shrink, weight, gradient), weight);
    }
}
