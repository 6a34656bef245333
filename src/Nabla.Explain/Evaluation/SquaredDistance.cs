using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Explain;

/// <summary>The sum of squared differences, in double precision. Eight sums side by side: the same bits on every machine.</summary>
internal static class SquaredDistance
{
    /// <param name="from">[dimensions].</param>
    /// <param name="to">[dimensions].</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths differ.</exception>
    public static double Measure(ReadOnlySpan<double> from, ReadOnlySpan<float> to)
    {
        // Loads are not bounds-checked.
        ArgumentOutOfRangeException.ThrowIfNotEqual(to.Length, from.Length);
        ref double a = ref MemoryMarshal.GetReference(from);
        ref float b = ref MemoryMarshal.GetReference(to);
        Vector256<double> low = Vector256<double>.Zero, high = Vector256<double>.Zero;
        int i = 0;
        for (; i <= from.Length - 8; i += 8)
        {
            var (first, second) = Vector256.Widen(Vector256.LoadUnsafe(ref b, (nuint)i));
            var difference = Vector256.LoadUnsafe(ref a, (nuint)i) - first;
            low += difference * difference;
            difference = Vector256.LoadUnsafe(ref a, (nuint)i + 4) - second;
            high += difference * difference;
        }
        var sums = low + high;
        double sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (; i < from.Length; i++)
            sum += (from[i] - to[i]) * (from[i] - to[i]);
        return sum;
    }
}
