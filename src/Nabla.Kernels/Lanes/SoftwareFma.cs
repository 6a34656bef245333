namespace Nabla.Kernels;

/// <summary>Fused multiply-add of floats without hardware support. The base library's own fallback rounds twice in some cases.</summary>
internal static class SoftwareFma
{
    // The 29 bits that a double has beyond a float, and their pattern half-way between two floats.
    private const long ExtraBits = (1L << 29) - 1;
    private const long HalfWay = 1L << 28;

    private const double SmallestNormalSingle = 1.1754943508222875e-38;

    /// <summary>a * b + c, rounded once.</summary>
    public static float MultiplyAdd(float a, float b, float c)
    {
        // Two floats' product is exact in a double; only the sum is rounded.
        double product = (double)a * b;
        double sum = product + c;
        // Rounding twice goes wrong only where the first rounding lands half-way between floats; subnormal floats lie further apart.
        bool halfWay = (BitConverter.DoubleToInt64Bits(sum) & ExtraBits) == HalfWay;
        return halfWay || Math.Abs(sum) < SmallestNormalSingle ? (float)AddToOdd(product, c, sum) : (float)sum;
    }

    /// <summary>
    /// product + addend, rounded to odd: of the two neighbours of an inexact sum, the one whose last bit is 1. It never lies half-way
    /// between floats unless the exact sum does.
    /// </summary>
    /// <remarks>
    /// Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd" (2008).
    /// </remarks>
    private static double AddToOdd(double product, double addend, double sum)
    {
        // The rounding error of the sum, exactly (Knuth's TwoSum).
        double shadow = sum - product;
        double rest = (product - (sum - shadow)) + (addend - shadow);
        long bits = BitConverter.DoubleToInt64Bits(sum);
        if (rest == 0 || (bits & 1) != 0)
            return sum;
        return BitConverter.Int64BitsToDouble(rest > 0 == sum > 0 ? bits + 1 : bits - 1);
    }
}
