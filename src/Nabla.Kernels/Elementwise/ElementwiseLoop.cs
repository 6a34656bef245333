using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>The one loop over spans that every elementwise function runs in: destination[i] = f(x[i], y[i], z[i]).</summary>
/// <param name="f">The function.</param>
/// <param name="x">[n]</param>
/// <param name="y">[n], or empty if the function has one operand.</param>
/// <param name="z">[n], or empty if the function has fewer than three operands.</param>
/// <param name="destination">[n]</param>
internal readonly ref struct ElementwiseLoop<TFunction>(
    TFunction f, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination)
    : IVectorized
    where TFunction : struct, IElementwiseFunction
{
    private const int WidestVector = 16;

    private readonly TFunction f = f;
    private readonly ref readonly float x = ref MemoryMarshal.GetReference(x);
    private readonly ref readonly float y = ref MemoryMarshal.GetReference(y);
    private readonly ref readonly float z = ref MemoryMarshal.GetReference(z);
    private readonly ref float destination = ref MemoryMarshal.GetReference(destination);
    private readonly int length = destination.Length;

    // Inlined, so that the operands of a short call stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<L, V>()
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        int whole = length - length % L.Count;
        RunWhole<L, V>(f, in x, in y, in z, whole, ref destination);
        if (whole < length)
        {
            ref float rest = ref Unsafe.Add(ref destination, whole);
            RunTail<L, V>(f, in At(in x, whole), in At(in y, whole), in At(in z, whole), length - whole, ref rest);
        }
    }

    // Inlined into its callers, or compiled with their profiles, it would keep its constants in more registers than there are.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void RunWhole<L, V>(
        TFunction f, ref readonly float x, ref readonly float y, ref readonly float z, int length, ref float destination)
        where L : struct, ILanes<V>
        where V : struct
    {
        for (nuint i = 0; i < (nuint)length; i += (nuint)L.Count)
            L.Store(Apply<L, V>(f, in x, in y, in z, i), ref destination, i);
    }

    /// <summary>
    /// Processes the last elements, fewer than a vector, as one vector padded with zeros: they get the same bits as all others.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void RunTail<L, V>(
        TFunction f, ref readonly float x, ref readonly float y, ref readonly float z, int length, ref float destination)
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        Span<float> first = stackalloc float[WidestVector], second = stackalloc float[WidestVector], third = stackalloc float[WidestVector];
        Pad<L, V>(in x, length, first);
        if (TFunction.Operands > 1)
            Pad<L, V>(in y, length, second);
        if (TFunction.Operands > 2)
            Pad<L, V>(in z, length, third);
        L.Store(Apply<L, V>(f, in first[0], in second[0], in third[0], 0), ref first[0], 0);
        first[..length].CopyTo(MemoryMarshal.CreateSpan(ref destination, length));
    }

    private static void Pad<L, V>(ref readonly float source, int length, Span<float> padded)
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        L.Store(L.Broadcast(0f), ref padded[0], 0);
        MemoryMarshal.CreateReadOnlySpan(in source, length).CopyTo(padded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly float At(ref readonly float source, int index) => ref Unsafe.Add(ref Unsafe.AsRef(in source), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Apply<L, V>(TFunction f, ref readonly float x, ref readonly float y, ref readonly float z, nuint i)
        where L : struct, ILanes<V>
        where V : struct
    {
        V first = L.Load(in x, i);
        V second = TFunction.Operands > 1 ? L.Load(in y, i) : first;
        V third = TFunction.Operands > 2 ? L.Load(in z, i) : second;
        return f.Apply<L, V>(first, second, third);
    }
}
