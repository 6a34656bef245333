namespace Nabla.Kernels;

/// <summary>A function of two floats, written once for every width.</summary>
internal interface IBinaryOperation
{
    /// <summary>f(x, y), lane by lane.</summary>
    static abstract V Apply<L, V>(V x, V y) where L : struct, ILanes<V> where V : struct;
}
