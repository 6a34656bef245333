using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>A kernel written once for every width. Its operands and results are fields, so that one generic call does the work.</summary>
internal interface IVectorized
{
    /// <summary>Does the work with vectors of type <typeparamref name="V"/>.</summary>
    void Run<L, V>()
        where L : struct, ILanes<V>
        where V : unmanaged;
}

/// <summary>The only place that turns a width into type parameters. Where the width is a constant, the call is direct.</summary>
internal static class WidthDispatch
{
    /// <summary>Runs a kernel at a width, which the processor must support.</summary>
    /// <param name="width">The width.</param>
    /// <param name="work">The kernel; it may leave results in its fields.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork>(KernelWidth width, ref TWork work)
        where TWork : struct, IVectorized, allows ref struct
    {
        switch (width)
        {
            case KernelWidth.Vector512: work.Run<Lanes512, Vector512<float>>(); break;
            case KernelWidth.Vector256: work.Run<Lanes256, Vector256<float>>(); break;
            case KernelWidth.Vector128: work.Run<Lanes128, Vector128<float>>(); break;
            default: work.Run<ScalarLanes, float>(); break;
        }
    }
}
