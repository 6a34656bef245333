namespace Nabla.Kernels;

/// <summary>An activation a = f(z) and its derivative, written once for every width. A kind with parameters holds them in fields.</summary>
internal interface IActivation
{
    /// <summary>Whether <see cref="Derivative"/> reads z. If not, z is not kept after the forward pass, and a is passed as z.</summary>
    static abstract bool DerivativeNeedsInput { get; }

    /// <summary>a = f(z), lane by lane.</summary>
    V Value<L, V>(V z) where L : struct, ILanes<V> where V : struct;

    /// <summary>f'(z), lane by lane, given a = f(z) as well.</summary>
    V Derivative<L, V>(V z, V a) where L : struct, ILanes<V> where V : struct;
}
