namespace Nabla.Kernels;

/// <summary>What <see cref="ElementwiseLoop{TFunction}"/> computes: a function of one, two or three floats, written once for every width.</summary>
internal interface IElementwiseFunction
{
    /// <summary>How many of the operands are read, from 1 to 3; the others hold any value.</summary>
    static abstract int Operands { get; }

    /// <summary>f(x, y, z), lane by lane.</summary>
    V Apply<L, V>(V x, V y, V z) where L : struct, ILanes<V> where V : struct;
}
