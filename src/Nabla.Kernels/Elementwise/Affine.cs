using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>(x - offset) * scale: inputs on their way into a batch. Two correctly rounded operations, so the width is nobody's business.</summary>
internal static class Affine
{
    /// <summary>Scales bytes.</summary>
    /// <param name="x">[n]</param>
    /// <param name="offsets">[n], or one number for all.</param>
    /// <param name="scales">As many.</param>
    /// <param name="scaled">[n]</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Apply(ReadOnlySpan<byte> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled) =>
        Apply<Bytes, byte>(KernelChoice.Width, x, offsets, scales, scaled);

    /// <summary>Scales floats.</summary>
    /// <param name="x">[n]</param>
    /// <param name="offsets">[n], or one number for all.</param>
    /// <param name="scales">As many.</param>
    /// <param name="scaled">[n]</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled) =>
        Apply<Floats, float>(KernelChoice.Width, x, offsets, scales, scaled);

    /// <summary>As above, at a width of the caller's choice.</summary>
    internal static void Apply<TSource, T>(KernelWidth width, ReadOnlySpan<T> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
        where TSource : struct, ISource<T>
    {
        Check(x.Length, offsets, scales, scaled.Length);
        int done = width switch
        {
            KernelWidth.Vector512 => Vectors<TSource, T, Lanes512, Vector512<float>>(x, offsets, scales, 0, scaled),
            KernelWidth.Vector256 => Vectors<TSource, T, Lanes256, Vector256<float>>(x, offsets, scales, 0, scaled),
            KernelWidth.Vector128 => Vectors<TSource, T, Lanes128, Vector128<float>>(x, offsets, scales, 0, scaled),
            _ => 0,
        };
        Vectors<TSource, T, ScalarLanes, float>(x, offsets, scales, done, scaled);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Vectors<TSource, T, L, V>(ReadOnlySpan<T> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, int start, Span<float> scaled)
        where TSource : struct, ISource<T>
        where L : struct, ILanes<V>
        where V : struct
    {
        ref T source = ref MemoryMarshal.GetReference(x);
        ref float offset = ref MemoryMarshal.GetReference(offsets), scale = ref MemoryMarshal.GetReference(scales), destination = ref MemoryMarshal.GetReference(scaled);
        int i = start;
        if (offsets.Length == 1)
        {
            V commonOffset = L.Broadcast(offset), commonScale = L.Broadcast(scale);
            for (; i <= x.Length - L.Count; i += L.Count)
                L.Store(L.Multiply(L.Subtract(TSource.Load<L, V>(ref source, (nuint)i), commonOffset), commonScale), ref destination, (nuint)i);
        }
        for (; i <= x.Length - L.Count; i += L.Count)
        {
            V difference = L.Subtract(TSource.Load<L, V>(ref source, (nuint)i), L.Load(ref offset, (nuint)i));
            L.Store(L.Multiply(difference, L.Load(ref scale, (nuint)i)), ref destination, (nuint)i);
        }
        return i;
    }

    private static void Check(int length, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, int scaled)
    {
        if (scaled != length || offsets.Length != scales.Length || (offsets.Length != 1 && offsets.Length != length))
            throw new ArgumentException($"{length} inputs, {offsets.Length} offsets, {scales.Length} scales and {scaled} results do not fit.");
    }

    /// <summary>What inputs are stored as.</summary>
    internal interface ISource<T>
    {
        /// <summary>A vector of inputs as floats.</summary>
        static abstract V Load<L, V>(ref readonly T source, nuint offset) where L : struct, ILanes<V> where V : struct;
    }

    internal readonly struct Bytes : ISource<byte>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load<L, V>(ref readonly byte source, nuint offset) where L : struct, ILanes<V> where V : struct => L.LoadBytes(in source, offset);
    }

    internal readonly struct Floats : ISource<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load<L, V>(ref readonly float source, nuint offset) where L : struct, ILanes<V> where V : struct => L.Load(in source, offset);
    }
}
