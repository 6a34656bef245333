namespace Nabla.Kernels;

/// <summary>A function of one float, written once for every width.</summary>
internal interface IUnaryOperation
{
    /// <summary>f(x), lane by lane.</summary>
    static abstract V Apply<L, V>(V x) where L : struct, ILanes<V> where V : struct;
}

/// <summary>A function of two floats, written once for every width.</summary>
internal interface IBinaryOperation
{
    /// <summary>f(x, y), lane by lane.</summary>
    static abstract V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct;
}

/// <summary>An activation a = f(z), with its derivative as backpropagation needs it: from a, since z is no longer there.</summary>
internal interface IActivation : IUnaryOperation
{
    /// <summary>f'(z) as a function of a = f(z).</summary>
    static abstract V DerivativeFromValue<L, V>(V a) where L : struct, ILanes<V> where V : struct;
}
