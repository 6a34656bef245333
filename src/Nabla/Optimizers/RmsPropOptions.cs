using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// RMSprop: steps divided by the root of a running mean of squared gradients (Tieleman and Hinton, 2012):
/// s = alpha * s + (1 - alpha) * g^2; w -= learning rate * g / (sqrt(s) + epsilon), where g is the gradient + weight decay * w.
/// </summary>
/// <remarks>Immutable. Computed as PyTorch's <c>RMSprop</c> does, without its momentum and its centred form.</remarks>
public sealed record RmsPropOptions() : OptimizerOptions("rmsprop", "steps divided by the root of a running mean of squared gradients")
{
    private static readonly KindParameter[] AllParameters =
    [
        .. CommonParameters,
        KindParameter.Create<RmsPropOptions>("alpha", o => o.Alpha, (o, value) => o with { Alpha = value }),
        KindParameter.Create<RmsPropOptions>("epsilon", o => o.Epsilon, (o, value) => o with { Epsilon = value }),
    ];

    /// <summary>Step size; above 0 (default: 0.01).</summary>
    public override float LearningRate { get; init; } = 0.01f;

    /// <summary>Share of the mean of squares that is kept; from 0 to below 1 (default: 0.99).</summary>
    public float Alpha { get; init; } = 0.99f;

    /// <summary>Added to the root of the mean square; above 0 (default: 1e-8).</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <inheritdoc/>
    public override IReadOnlyList<KindParameter> Parameters => AllParameters;

    internal override Optimizer Create(IReadOnlyList<ParameterBlock> blocks) => new RmsProp(this, blocks);

    internal override void Validate()
    {
        base.Validate();
        if (!(Alpha is >= 0 and < 1))
            throw new InvalidOptionException(
                $"RMSprop's alpha is {Alpha}", "Use a number from 0 to below 1; the usual one is 0.99.", nameof(Alpha));
        if (!(Epsilon > 0) || !float.IsFinite(Epsilon))
            throw new InvalidOptionException(
                $"RMSprop's epsilon is {Epsilon}", "Use a finite number above 0; the usual one is 1e-8.", nameof(Epsilon));
    }

    private sealed class RmsProp(RmsPropOptions options, IReadOnlyList<ParameterBlock> blocks)
        : ElementwiseOptimizer<Update>(options, blocks, "square")
    {
        protected override Update CreateUpdate(float learningRate, float decay) =>
            new(learningRate, options.Alpha, options.Epsilon, decay);
    }

    private readonly struct Update(float learningRate, float alpha, float epsilon, float decay) : IUpdate
    {
        public int RunFrom<L, V>(UpdateLoop loop, int start)
            where L : struct, ILanes<V>
            where V : unmanaged => loop.RunFrom<L, V, Lanes<L, V>>(new(learningRate, alpha, epsilon, decay), start);
    }

    private readonly struct Lanes<L, V>(float learningRate, float alpha, float epsilon, float decay) : IUpdateLanes<V>
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        private readonly V against = L.Broadcast(-learningRate), shrink = L.Broadcast(decay), nonZero = L.Broadcast(epsilon);
        private readonly V keep = L.Broadcast(alpha), rest = L.Broadcast(1f - alpha);

        public static int Memories => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V weight, V gradient, ref V square, ref V second, ref V third)
        {
            V slope = L.FusedMultiplyAdd(shrink, weight, gradient);
            square = L.FusedMultiplyAdd(keep, square, L.Multiply(L.Multiply(rest, slope), slope));
            return L.FusedMultiplyAdd(against, L.Divide(slope, L.Add(L.Sqrt(square), nonZero)), weight);
        }
    }
}
