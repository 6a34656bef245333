using System.Runtime.CompilerServices;
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
    public static void Apply(ReadOnlySpan<byte> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
    {
        Check(x.Length, offsets, scales, scaled.Length);
        int done = 0;
        for (; done <= x.Length - Vector128<byte>.Count; done += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(x.Slice(done, Vector128<byte>.Count)));
            Four(Vector128.WidenLower(low), done, offsets, scales, scaled);
            Four(Vector128.WidenUpper(low), done + 4, offsets, scales, scaled);
            Four(Vector128.WidenLower(high), done + 8, offsets, scales, scaled);
            Four(Vector128.WidenUpper(high), done + 12, offsets, scales, scaled);
        }
        for (; done < x.Length; done++)
            scaled[done] = One(x[done], done, offsets, scales);
    }

    /// <summary>Scales floats.</summary>
    /// <param name="x">[n]</param>
    /// <param name="offsets">[n], or one number for all.</param>
    /// <param name="scales">As many.</param>
    /// <param name="scaled">[n]</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
    {
        Check(x.Length, offsets, scales, scaled.Length);
        for (int i = 0; i < x.Length; i++)
            scaled[i] = One(x[i], i, offsets, scales);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(Vector128<uint> x, int at, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, Span<float> scaled)
    {
        var offset = offsets.Length == 1 ? Vector128.Create(offsets[0]) : Vector128.Create(offsets.Slice(at, 4));
        var scale = scales.Length == 1 ? Vector128.Create(scales[0]) : Vector128.Create(scales.Slice(at, 4));
        ((Vector128.ConvertToSingle(x.AsInt32()) - offset) * scale).CopyTo(scaled.Slice(at, 4));
    }

    private static float One(float x, int at, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales)
    {
        int i = offsets.Length == 1 ? 0 : at;
        return (x - offsets[i]) * scales[i];
    }

    private static void Check(int length, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales, int scaled)
    {
        if (scaled != length || offsets.Length != scales.Length || (offsets.Length != 1 && offsets.Length != length))
            throw new ArgumentException($"{length} inputs, {offsets.Length} offsets, {scales.Length} scales and {scaled} results do not fit.");
    }
}
