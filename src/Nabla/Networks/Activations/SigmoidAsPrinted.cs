using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla;

/// <summary>
/// The notebook's slip: the sigmoid, but with sigmoid'(a) in place of sigmoid'(z). Not the gradient of the cost (docs/notebook.md).
/// </summary>
/// <remarks>sigmoid(a) (1 - sigmoid(a)) lies between 0.197 and 0.25 and never saturates.</remarks>
internal sealed record SigmoidAsPrinted() : Activation("sigmoid-as-printed", "the sigmoid with the notebook's slip in its derivative")
{
    public override bool HasTrueDerivative => false;

    internal override bool GivesProbabilities => true;

    internal override TResult Use<TResult>(IActivationUser<TResult> user) => user.UseElementwise(default(Function));

    private readonly struct Function : IActivation
    {
        public static bool DerivativeNeedsInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct => Kernels.Sigmoid.Apply<L, V>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct =>
            default(Sigmoid.Function).Derivative<L, V>(a, Kernels.Sigmoid.Apply<L, V>(a));
    }
}
