using Nabla.Kernels;

namespace Nabla;

/// <summary>A hidden layer's activation by its kernels: f over a span, and f' on the way back.</summary>
internal abstract class HiddenActivation
{
    public static HiddenActivation Of(Activation activation) => activation switch
    {
        Activation.Sigmoid => new With<Sigmoid>(),
        Activation.Tanh => new With<HyperbolicTangent>(),
        Activation.Relu => new With<Rectifier>(),
        Activation.Identity => new With<Identity>(),
        Activation.SigmoidAsPrinted => new With<SigmoidAsPrinted>(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not for hidden layers."),
    };

    /// <summary>a = f(z), in place.</summary>
    public abstract void Apply(ThreadTeam team, Span<float> z);

    /// <summary>delta *= f'(z), with f' computed from a.</summary>
    public abstract void MultiplyByDerivative(ThreadTeam team, ReadOnlySpan<float> a, Span<float> delta);

    private sealed class With<TActivation> : HiddenActivation
        where TActivation : struct, IActivation
    {
        public override void Apply(ThreadTeam team, Span<float> z) => SharedElementwise.Apply<TActivation>(team, z, z);

        public override void MultiplyByDerivative(ThreadTeam team, ReadOnlySpan<float> a, Span<float> delta) =>
            SharedElementwise.Backward<TActivation>(team, a, delta);
    }
}
