using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Vectors of doubles. The order of all operations is fixed, and none is fused: the same bits on every system.</summary>
internal static class DoubleVectors
{
    /// <summary>The sum of a[i] b[i]: four sums of every fourth product, added in pairs, then the last products.</summary>
    /// <param name="a">[n]</param>
    /// <param name="b">[n]</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(b);
        var sums = Vector256<double>.Zero;
        for (int i = 0; i < fours.Length; i++)
            sums += Vector256.Create(a.Slice(4 * i, 4)) * fours[i];
        double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (int i = 4 * fours.Length; i < b.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>sum[i] += factor * vector[i].</summary>
    /// <param name="factor">Any double.</param>
    /// <param name="vector">[n]</param>
    /// <param name="sum">[n]</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple(double factor, ReadOnlySpan<double> vector, Span<double> sum)
    {
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(sum);
        for (int i = 0; i < fours.Length; i++)
            fours[i] += factor * Vector256.Create(vector.Slice(4 * i, 4));
        for (int i = 4 * fours.Length; i < sum.Length; i++)
            sum[i] += factor * vector[i];
    }
}
