using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>Gradient descent with momentum: v = momentum * v + gradient + L2 * w; w -= learning rate * v (Polyak, 1964).</summary>
/// <remarks>Immutable.</remarks>
public sealed record MomentumOptions() : OptimizerOptions("momentum", "stochastic gradient descent with momentum")
{
    private static readonly KindParameter[] AllParameters =
    [
        .. CommonParameters,
        KindParameter.Create<MomentumOptions>("momentum", o => o.Momentum, (o, value) => o with { Momentum = value }),
    ];

    /// <summary>Step size; above 0 (default: 0.01).</summary>
    public override float LearningRate { get; init; } = 0.01f;

    /// <summary>Share of the last step's velocity that is kept; from 0 to below 1 (default: 0.9).</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => new WithMomentum(this, blocks);

    internal override void Validate()
    {
        base.Validate();
        if (!(Momentum is >= 0 and < 1))
        {
            throw new InvalidOptionException(
                $"The momentum is {Momentum}", "Use a number from 0 to below 1; the usual one is 0.9.", nameof(Momentum));
        }
    }

    /// <summary>The velocity is as long as the parameters.</summary>
    private sealed class WithMomentum(MomentumOptions options, IReadOnlyList<ParameterBlock> blocks) : Optimizer(options, blocks)
    {
        private readonly float[] velocity = new float[blocks[^1].End];
        private float learningRate;

        internal override IReadOnlyList<(string Name, float[] Values)> State => [("velocity", velocity)];

        internal override void BeginStep(in StepContext context) => learningRate = context.LearningRate;

        private protected override void Move(ReadOnlySpan<float> gradient, Span<float> parameters, int start, float decay, float factor)
        {
            var loop = new Loop(
                gradient, velocity.AsSpan(start, parameters.Length), parameters, learningRate * factor, options.Momentum, decay);
            WidthDispatch.Run(Width, ref loop);
        }
    }

    private readonly ref struct Loop(
        ReadOnlySpan<float> gradient, Span<float> velocity, Span<float> parameters, float learningRate, float momentum, float decay)
        : IVectorized
    {
        private readonly ref readonly float gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly ref float velocity = ref MemoryMarshal.GetReference(velocity);
        private readonly ref float parameters = ref MemoryMarshal.GetReference(parameters);
        private readonly int length = parameters.Length;
        private readonly float learningRate = learningRate, momentum = momentum, decay = decay;

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
            ref float v = ref velocity, w = ref parameters;
            V against = L.Broadcast(-learningRate), keep = L.Broadcast(momentum), shrink = L.Broadcast(decay);
            int i = start, last = length - L.Count;
            for (; i <= last; i += L.Count)
            {
                var at = (nuint)i;
                V weight = L.Load(in w, at);
                V slope = L.FusedMultiplyAdd(shrink, weight, L.Load(in g, at));
                V newVelocity = L.FusedMultiplyAdd(keep, L.Load(in v, at), slope);
                L.Store(newVelocity, ref v, at);
                L.Store(L.FusedMultiplyAdd(against, newVelocity, weight), ref w, at);
            }
            return i;
        }
    }
}
