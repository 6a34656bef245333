using Nabla.Kernels;

namespace Nabla;

/// <summary>A layer's activation, compiled for its function: f and f', each right after the product it belongs to. Stateless.</summary>
/// <remarks>Where z has to be kept for the derivative, a has a buffer of its own; elsewhere a takes the place of z.</remarks>
internal abstract unsafe class LayerActivation
{
    /// <summary>Compiles an activation.</summary>
    public static LayerActivation Create(Activation activation) => activation.Use(new Factory());

    /// <summary>Whether the derivative reads z, so that a needs a buffer of its own.</summary>
    public abstract bool DerivativeNeedsInput { get; }

    /// <summary>a = f(z).</summary>
    /// <param name="z">[rows, columns], rows <paramref name="rowStride"/> apart.</param>
    /// <param name="a">Receives f(z), in the same layout; may be z itself.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rowStride">Distance from one row to the next.</param>
    public abstract void Apply(float* z, float* a, int rows, int columns, nint rowStride);

    /// <summary>z = b + x w, with w [inputs, outputs], and a = f(z).</summary>
    public abstract void Forward(
        ThreadTeam team, ReadOnlyMatrix x, ReadOnlyMatrix weights, ReadOnlySpan<float> biases, Matrix z, Span<float> a);

    /// <summary>error = (delta w^T) * f'(z), with w [inputs, outputs].</summary>
    public abstract void Backward(
        ThreadTeam team, ReadOnlyMatrix delta, ReadOnlyMatrix weights, ReadOnlySpan<float> z, ReadOnlySpan<float> a, Matrix error);

    private readonly struct Factory : IActivationUser<LayerActivation>
    {
        public LayerActivation UseElementwise<TActivation>(TActivation function)
            where TActivation : struct, IActivation => new OfEachNeuron<TActivation>(function);

        public LayerActivation UseSoftmax() => new OfWholeLayer();
    }

    private sealed class OfEachNeuron<TActivation>(TActivation f) : LayerActivation
        where TActivation : struct, IActivation
    {
        public override bool DerivativeNeedsInput => TActivation.DerivativeNeedsInput;

        public override void Apply(float* z, float* a, int rows, int columns, nint rowStride) =>
            new ThenActivate<TActivation>(f, a).Apply(z, 0, rows, columns, rowStride);

        public override void Forward(
            ThreadTeam team, ReadOnlyMatrix x, ReadOnlyMatrix weights, ReadOnlySpan<float> biases, Matrix z, Span<float> a)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, z.Values.Length);
            fixed (float* activations = a)
                Gemm.MultiplyAddRow(team, x, weights, biases, z, new ThenActivate<TActivation>(f, activations));
        }

        public override void Backward(
            ThreadTeam team, ReadOnlyMatrix delta, ReadOnlyMatrix weights, ReadOnlySpan<float> z, ReadOnlySpan<float> a, Matrix error)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, error.Values.Length);
            ArgumentOutOfRangeException.ThrowIfNotEqual(z.Length, error.Values.Length);
            fixed (float* inputs = z, activations = a)
                Gemm.Multiply(team, delta, weights.Transposed, error, new ThenTimesDerivative<TActivation>(f, inputs, activations));
        }
    }

    /// <summary>Softmax, for output layers: there the loss goes backward.</summary>
    private sealed class OfWholeLayer : LayerActivation
    {
        public override bool DerivativeNeedsInput => false;

        public override void Apply(float* z, float* a, int rows, int columns, nint rowStride)
        {
            int length = columns;
            if (columns == rowStride)
                (rows, length) = (1, rows * columns); // one call for all rows
            for (int row = 0; row < rows; row++)
            {
                nint start = row * rowStride;
                Kernels.Softmax.Apply(new ReadOnlySpan<float>(z + start, length), columns, [], new Span<float>(a + start, length));
            }
        }

        public override void Forward(
            ThreadTeam team, ReadOnlyMatrix x, ReadOnlyMatrix weights, ReadOnlySpan<float> biases, Matrix z, Span<float> a) =>
            throw NotHidden();

        public override void Backward(
            ThreadTeam team, ReadOnlyMatrix delta, ReadOnlyMatrix weights, ReadOnlySpan<float> z, ReadOnlySpan<float> a, Matrix error) =>
            throw NotHidden();

        private static InvalidOperationException NotHidden() => new("Softmax is for output layers.");
    }
}
