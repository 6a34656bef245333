using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Whether numbers are finite.</summary>
internal static class Finite
{
    /// <summary>Whether none of them is infinite or NaN.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        int done = 0;
        bool finite = KernelChoice.Width switch
        {
            KernelWidth.Vector512 => Vectors<Lanes512, Vector512<float>>(values, ref done),
            KernelWidth.Vector256 => Vectors<Lanes256, Vector256<float>>(values, ref done),
            KernelWidth.Vector128 => Vectors<Lanes128, Vector128<float>>(values, ref done),
            _ => true,
        };
        return finite && Vectors<ScalarLanes, float>(values, ref done);
    }

    /// <summary>The first of some numbers that is infinite or NaN; -1 if none is.</summary>
    public static int IndexOfOther(ReadOnlySpan<float> values) => values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);

    // 0 times what is not finite is NaN, and a NaN stays: one look at the end is enough.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Vectors<L, V>(ReadOnlySpan<float> values, ref int done)
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        V zero = L.Broadcast(0f), a = zero, b = zero, c = zero, d = zero;
        int i = done;
        for (; i <= values.Length - 4 * L.Count; i += 4 * L.Count)
        {
            a = L.FusedMultiplyAdd(zero, L.Load(ref first, (nuint)i), a);
            b = L.FusedMultiplyAdd(zero, L.Load(ref first, (nuint)(i + L.Count)), b);
            c = L.FusedMultiplyAdd(zero, L.Load(ref first, (nuint)(i + 2 * L.Count)), c);
            d = L.FusedMultiplyAdd(zero, L.Load(ref first, (nuint)(i + 3 * L.Count)), d);
        }
        for (; i <= values.Length - L.Count; i += L.Count)
            a = L.FusedMultiplyAdd(zero, L.Load(ref first, (nuint)i), a);
        done = i;
        return IsZero(L.Add(L.Add(a, b), L.Add(c, d)));
    }

    /// <summary>Whether all lanes are zero. Apart, so that a sum can stay in a register before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsZero<V>(V sum)
        where V : unmanaged => !MemoryMarshal.Cast<V, float>(new ReadOnlySpan<V>(in sum)).ContainsAnyExcept(0f);
}
