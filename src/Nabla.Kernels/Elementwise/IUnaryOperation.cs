namespace Nabla.Kernels;

/// <summary>A function of one float, written once for every width.</summary>
internal interface IUnaryOperation
{
    /// <summary>f(x), lane by lane.</summary>
    static abstract V Apply<L, V>(V x) where L : struct, ILanes<V> where V : struct;
}
