using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>The one loop over spans that every elementwise function runs in.</summary>
internal static class ElementwiseLoop
{
    private const int WidestVector = 16;

    /// <summary>destination[i] = f(x[i], y[i]).</summary>
    /// <param name="x">[n]</param>
    /// <param name="y">[n]</param>
    /// <param name="destination">[n]</param>
    public static void Run<TOperation, L, V>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TOperation : struct, IBinaryOperation where L : struct, ILanes<V> where V : struct
    {
        int whole = destination.Length - destination.Length % L.Count;
        RunWhole<TOperation, L, V>(in MemoryMarshal.GetReference(x), in MemoryMarshal.GetReference(y), whole, ref MemoryMarshal.GetReference(destination));
        if (whole < destination.Length)
            RunTail<TOperation, L, V>(x[whole..], y[whole..], destination[whole..]);
    }

    private static void RunWhole<TOperation, L, V>(ref readonly float x, ref readonly float y, int length, ref float destination)
        where TOperation : struct, IBinaryOperation where L : struct, ILanes<V> where V : struct
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
            L.Store(TOperation.Apply<L, V>(L.Load(in x, i), L.Load(in y, i)), ref destination, i);
    }

    /// <summary>Fewer elements than one vector holds: they pass through a vector filled up with zeros, and so get the bits of all others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunTail<TOperation, L, V>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TOperation : struct, IBinaryOperation where L : struct, ILanes<V> where V : struct
    {
        Span<float> first = stackalloc float[WidestVector];
        Span<float> second = stackalloc float[WidestVector];
        first.Clear();
        second.Clear();
        x.CopyTo(first);
        y.CopyTo(second);
        L.Store(TOperation.Apply<L, V>(L.Load(in first[0], 0), L.Load(in second[0], 0)), ref first[0], 0);
        first[..destination.Length].CopyTo(destination);
    }
}
