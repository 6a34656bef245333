using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>
/// (x - offset) * scale: scales inputs as they are copied into a batch. Both operations are correctly rounded, so the result is
/// independent of the vector width.
/// </summary>
internal static class Affine
{
    /// <summary>Scales bytes.</summary>
    /// <param name="x">[n]</param>
    /// <param name="offsets">[n], or one value for all elements.</param>
    /// <param name="scales">[n], or one value for all elements; as long as <paramref name="offsets"/>.</param>
    /// <param name="scaled">[n]</param>
    /// <exception cref="ArgumentException">The lengths do not match.</exception>
    public static void Apply(ReadOnlySpan<byte> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled) =>
        Apply<Bytes, byte>(KernelChoice.Width, x, offsets, scales, scaled);

    /// <summary>Scales floats.</summary>
    /// <param name="x">[n]</param>
    /// <param name="offsets">[n], or one value for all elements.</param>
    /// <param name="scales">[n], or one value for all elements; as long as <paramref name="offsets"/>.</param>
    /// <param name="scaled">[n]; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not match, or the inputs overlap the results without being the same span.
    /// </exception>
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
    {
        Overlap.RequireSameOrApart(x, scaled);
        Apply<Floats, float>(KernelChoice.Width, x, offsets, scales, scaled);
    }

    /// <summary>Scales inputs at an explicit width: tests compare the widths with each other.</summary>
    internal static void Apply<TSource, T>(
        KernelWidth width, ReadOnlySpan<T> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
        where TSource : struct, ISource<T>
    {
        Check(x.Length, offsets, scales, scaled.Length);
        var loop = new Loop<TSource, T>(x, offsets, scales, scaled);
        WidthDispatch.Run(width, ref loop);
    }

    private static void Check(int length, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, int scaled)
    {
        if (scaled != length || offsets.Length != scales.Length || (offsets.Length != 1 && offsets.Length != length))
        {
            throw new ArgumentException(
                $"The lengths do not match: {length} inputs, {offsets.Length} offsets, {scales.Length} scales and {scaled} results.");
        }
    }

    private readonly ref struct Loop<TSource, T>(
        ReadOnlySpan<T> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
        : IVectorized
        where TSource : struct, ISource<T>
    {
        private readonly ReadOnlySpan<T> x = x;
        private readonly ReadOnlySpan<float> offsets = offsets, scales = scales;
        private readonly Span<float> scaled = scaled;

        public void Run<L, V>()
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            int done = RunFrom<L, V>(0, x, offsets, scales, scaled);
            RunFrom<ScalarLanes, float>(done, x, offsets, scales, scaled);
        }

        /// <summary>Processes whole vectors, starting at an element.</summary>
        /// <returns>The first element that is not processed.</returns>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int RunFrom<L, V>(
            int start, ReadOnlySpan<T> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
            where L : struct, ILanes<V>
            where V : unmanaged
        {
            ref T source = ref MemoryMarshal.GetReference(x);
            ref float offset = ref MemoryMarshal.GetReference(offsets), scale = ref MemoryMarshal.GetReference(scales);
            ref float destination = ref MemoryMarshal.GetReference(scaled);
            int i = start, last = x.Length - L.Count;
            if (offsets.Length == 1)
            {
                V commonOffset = L.Broadcast(offset), commonScale = L.Broadcast(scale);
                for (; i <= last; i += L.Count)
                {
                    V difference = L.Subtract(TSource.Load<L, V>(in source, (nuint)i), commonOffset);
                    L.Store(L.Multiply(difference, commonScale), ref destination, (nuint)i);
                }
            }
            for (; i <= last; i += L.Count)
            {
                V difference = L.Subtract(TSource.Load<L, V>(in source, (nuint)i), L.Load(in offset, (nuint)i));
                L.Store(L.Multiply(difference, L.Load(in scale, (nuint)i)), ref destination, (nuint)i);
            }
            return i;
        }
    }

    /// <summary>The type in which inputs are stored.</summary>
    internal interface ISource<T>
    {
        /// <summary>Loads a vector of inputs, converted to floats.</summary>
        static abstract V Load<L, V>(ref readonly T source, nuint offset) where L : struct, ILanes<V> where V : struct;
    }

    internal readonly struct Bytes : ISource<byte>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load<L, V>(ref readonly byte source, nuint offset) where L : struct, ILanes<V> where V : struct =>
            L.LoadBytes(in source, offset);
    }

    internal readonly struct Floats : ISource<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load<L, V>(ref readonly float source, nuint offset) where L : struct, ILanes<V> where V : struct =>
            L.Load(in source, offset);
    }
}
