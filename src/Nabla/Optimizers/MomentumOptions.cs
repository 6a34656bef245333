using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// Gradient descent with momentum: v = momentum * v + gradient + weight decay * w; w -= learning rate * v (Polyak, 1964), or with
/// <see cref="Nesterov"/> w -= learning rate * (gradient + weight decay * w + momentum * v) (Sutskever et al., 2013).
/// </summary>
/// <remarks>Immutable. Both are computed as PyTorch's <c>SGD</c> does, without dampening.</remarks>
public sealed record MomentumOptions() : OptimizerOptions("momentum", "stochastic gradient descent with momentum")
{
    private static readonly KindParameter[] AllParameters =
    [
        .. CommonParameters,
        KindParameter.Create<MomentumOptions>("momentum", o => o.Momentum, (o, value) => o with { Momentum = value }),
        KindParameter.CreateSwitch<MomentumOptions>("nesterov", o => o.Nesterov, (o, value) => o with { Nesterov = value }),
    ];

    /// <summary>Step size; above 0 (default: 0.01).</summary>
    public override float LearningRate { get; init; } = 0.01f;

    /// <summary>Share of the last step's velocity that is kept; from 0 to below 1 (default: 0.9).</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>Whether a step looks ahead along its new velocity (default: false).</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) =>
        Nesterov ? new WithMomentum<On>(this, blocks) : new WithMomentum<Off>(this, blocks);

    internal override void Validate()
    {
        base.Validate();
        if (!(Momentum is >= 0 and < 1))
        {
            throw new InvalidOptionException(
                $"The momentum is {Momentum}", "Use a number from 0 to below 1; the usual one is 0.9.", nameof(Momentum));
        }
    }

    private sealed class WithMomentum<TNesterov>(MomentumOptions options, IReadOnlyList<ParameterBlock> blocks)
        : ElementwiseOptimizer<Update<TNesterov>>(options, blocks, "velocity")
        where TNesterov : struct, IVariant
    {
        protected override Update<TNesterov> CreateUpdate(float learningRate, float decay) => new(learningRate, options.Momentum, decay);
    }

    private readonly struct Update<TNesterov>(float learningRate, float momentum, float decay) : IUpdate
        where TNesterov : struct, IVariant
    {
        public int RunFrom<L, V>(UpdateLoop loop, int start)
            where L : struct, ILanes<V>
            where V : unmanaged => loop.RunFrom<L, V, Lanes<L, V, TNesterov>>(new(learningRate, momentum, decay), start);
    }

    private readonly struct Lanes<L, V, TNesterov>(float learningRate, float momentum, float decay) : IUpdateLanes<V>
        where L : struct, ILanes<V>
        where V : unmanaged
        where TNesterov : struct, IVariant
    {
        private readonly V against = L.Broadcast(-learningRate), keep = L.Broadcast(momentum), shrink = L.Broadcast(decay);

        public static int Memories => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V weight, V gradient, ref V velocity, ref V second, ref V third)
        {
            V slope = L.FusedMultiplyAdd(shrink, weight, gradient);
            velocity = L.FusedMultiplyAdd(keep, velocity, slope);
            V direction = TNesterov.IsOn ? L.FusedMultiplyAdd(keep, velocity, slope) : velocity;
            return L.FusedMultiplyAdd(against, direction, weight);
        }
    }
}
