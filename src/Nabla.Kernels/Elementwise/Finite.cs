using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>Tests whether values are finite.</summary>
internal static class Finite
{
    /// <summary>Whether no value is infinite or NaN.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        var loop = new Loop(values);
        WidthDispatch.Run(KernelChoice.Width, ref loop);
        return loop.AllFinite;
    }

    /// <summary>The first of some numbers that is infinite or NaN; -1 if none is.</summary>
    public static int IndexOfOther(ReadOnlySpan<float> values) => values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);

    /// <summary>Whether all lanes are zero. Not inlined, so that the sum stays in a register in the loop before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsZero<V>(V sum)
        where V : unmanaged => !MemoryMarshal.Cast<V, float>(new ReadOnlySpan<V>(in sum)).ContainsAnyExcept(0f);

    private ref struct Loop(ReadOnlySpan<float> values) : IVectorized
    {
        private readonly ref readonly float first = ref MemoryMarshal.GetReference(values);
        private readonly int length = values.Length;

        public bool AllFinite { get; private set; }

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            int done = 0;
            AllFinite = RunFrom<L, V>(ref done) && RunFrom<ScalarLanes, float>(ref done);
        }

        /// <summary>
        /// Tests whole vectors, starting at an element; then <paramref name="done"/> is the first element that is not tested.
        /// </summary>
        // 0 times a value that is not finite is NaN, and a sum that is NaN stays NaN: one comparison at the end is enough.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly bool RunFrom<L, V>(ref int done)
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            ref readonly float first = ref this.first;
            V zero = L.Broadcast(0f), a = zero, b = zero, c = zero, d = zero;
            int i = done, length = this.length;
            for (; i <= length - 4 * L.Count; i += 4 * L.Count)
            {
                a = L.FusedMultiplyAdd(zero, L.Load(in first, (nuint)i), a);
                b = L.FusedMultiplyAdd(zero, L.Load(in first, (nuint)(i + L.Count)), b);
                c = L.FusedMultiplyAdd(zero, L.Load(in first, (nuint)(i + 2 * L.Count)), c);
                d = L.FusedMultiplyAdd(zero, L.Load(in first, (nuint)(i + 3 * L.Count)), d);
            }
            for (; i <= length - L.Count; i += L.Count)
                a = L.FusedMultiplyAdd(zero, L.Load(in first, (nuint)i), a);
            done = i;
            return IsZero(L.Add(L.Add(a, b), L.Add(c, d)));
        }
    }
}
