namespace Nabla.Kernels;

/// <summary>A function of one, two or three floats for <see cref="ElementwiseLoop{TFunction}"/>, written once for every width.</summary>
internal interface IElementwiseFunction
{
    /// <summary>The number of operands that are read, from 1 to 3; the values of the others are undefined.</summary>
    static abstract int Operands { get; }

    /// <summary>f(x, y, z), lane by lane.</summary>
    V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct;
}
