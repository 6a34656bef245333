using Nabla.Kernels;

namespace Nabla;

/// <summary>A hidden layer's activation by its kernels: f and f', each right after the product that it belongs to.</summary>
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
    /// <param name="z">[rows, columns], rows <paramref name="rowStride"/> apart.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rowStride">Distance from one row to the next.</param>
    public abstract unsafe void Apply(float* z, int rows, int columns, nint rowStride);

    /// <summary>a = f(b + x w), with w [inputs, outputs].</summary>
    public abstract void Forward(ThreadTeam team, ReadOnlyMatrix x, ReadOnlyMatrix weights, ReadOnlySpan<float> biases, Matrix a);

    /// <summary>error = (delta w^T) * f'(z), with w [inputs, outputs] and f' computed from a.</summary>
    public abstract void Backward(ThreadTeam team, ReadOnlyMatrix delta, ReadOnlyMatrix weights, ReadOnlySpan<float> a, Matrix error);

    private sealed class With<TActivation> : HiddenActivation
        where TActivation : struct, IActivation
    {
        public override unsafe void Apply(float* z, int rows, int columns, nint rowStride) =>
            new ThenActivate<TActivation>(default).Apply(z, 0, rows, columns, rowStride);

        public override void Forward(ThreadTeam team, ReadOnlyMatrix x, ReadOnlyMatrix weights, ReadOnlySpan<float> biases, Matrix a) =>
            Gemm.MultiplyAddRow(team, x, weights, biases, a, new ThenActivate<TActivation>(default));

        public override unsafe void Backward(ThreadTeam team, ReadOnlyMatrix delta, ReadOnlyMatrix weights, ReadOnlySpan<float> a, Matrix error)
        {
            fixed (float* activations = a)
                Gemm.Multiply(team, delta, weights.Transposed, error, new ThenTimesDerivative<TActivation>(default, null, activations));
        }
    }
}
