using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Kernels;

namespace Nabla.Comparisons;

/// <summary>The processor's peak rate of fused multiply-adds: independent chains in registers, no memory access.</summary>
internal static class FmaPeak
{
    // Latency 4, two per cycle: current processors need 8 chains. 12 leave a margin and fit into 16 registers.
    private const int Chains = 12;

    /// <summary>Runs the chains on one or more threads at once, with the same number of operations on each.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="operations">Floating-point operations of all threads, two for each multiply-add and lane.</param>
    public static void Run(int threads, double operations)
    {
        var job = new ChainJob { Steps = (int)(operations / (2.0 * Chains * (int)KernelChoice.Width * threads)) };
        ThreadTeam.Of(threads).Run(ref job, threads);
    }

    private struct ChainJob : IParallelJob
    {
        public int Steps;

        public readonly void Execute(int part, int parts) => Chain(Steps);
    }

    private static float Chain(int steps) => KernelChoice.Width switch
    {
        KernelWidth.Vector512 => Chain<Lanes512, Vector512<float>>(steps),
        KernelWidth.Vector256 => Chain<Lanes256, Vector256<float>>(steps),
        KernelWidth.Vector128 => Chain<Lanes128, Vector128<float>>(steps),
        _ => Chain<ScalarLanes, float>(steps),
    };

    // Optimized from the first call: unoptimized code keeps its locals in memory, and no call is long enough to be replaced while it runs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chain<L, V>(int steps)
        where L : struct, ILanes<V>
        where V : struct
    {
        V x = L.Broadcast(0.999f), y = L.Broadcast(0.001f);
        V c0 = y, c1 = y, c2 = y, c3 = y, c4 = y, c5 = y, c6 = y, c7 = y, c8 = y, c9 = y, c10 = y, c11 = y;
        for (int i = 0; i < steps; i++)
        {
            c0 = L.FusedMultiplyAdd(c0, x, y);
            c1 = L.FusedMultiplyAdd(c1, x, y);
            c2 = L.FusedMultiplyAdd(c2, x, y);
            c3 = L.FusedMultiplyAdd(c3, x, y);
            c4 = L.FusedMultiplyAdd(c4, x, y);
            c5 = L.FusedMultiplyAdd(c5, x, y);
            c6 = L.FusedMultiplyAdd(c6, x, y);
            c7 = L.FusedMultiplyAdd(c7, x, y);
            c8 = L.FusedMultiplyAdd(c8, x, y);
            c9 = L.FusedMultiplyAdd(c9, x, y);
            c10 = L.FusedMultiplyAdd(c10, x, y);
            c11 = L.FusedMultiplyAdd(c11, x, y);
        }
        V low = L.Add(L.Add(L.Add(c0, c1), L.Add(c2, c3)), L.Add(c4, c5));
        V high = L.Add(L.Add(L.Add(c6, c7), L.Add(c8, c9)), L.Add(c10, c11));
        V sum = L.Add(low, high);
        return Unsafe.As<V, float>(ref sum);
    }
}
