namespace Nabla.Kernels;

/// <summary>An activation a = f(z), with its derivative as backpropagation needs it: from a, since z is no longer there.</summary>
internal interface IActivation : IUnaryOperation
{
    /// <summary>f'(z) as a function of a = f(z).</summary>
    static abstract V DerivativeFromValue<L, V>(V a) where L : struct, ILanes<V> where V : struct;
}
