namespace Nabla.Kernels;

/// <summary>Logarithms of a double from + - * / and integer operations: the same bits on every system.</summary>
internal static class DoubleLogarithm
{
    // ln 2 in two parts: the first has 33 bits, so that its product with an exponent is exact.
    private const double Ln2High = 0.6931471804855391;
    private const double Ln2Low = 7.440617110012397e-11;

    private const double InverseOfLn2 = 1.4426950408889634;

    private const double SmallestNormal = 2.2250738585072014e-308;
    private const long SqrtOfHalf = 0x3FE6_A09E_667F_3BCD;
    private const int MantissaBits = 52;

    /// <summary>ln x, within 2 units in the last place; -infinity at 0, NaN below.</summary>
    /// <param name="x">Any double.</param>
    public static double Of(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return AtTheEnds(x);
        var (exponent, m) = Split(x);
        return exponent * Ln2High + (exponent * Ln2Low + OfReduced(m));
    }

    /// <summary>The logarithm to base 2, within 3 units in the last place and exact for powers of 2; -infinity at 0, NaN below.</summary>
    /// <param name="x">Any double.</param>
    public static double Base2(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return AtTheEnds(x);
        var (exponent, m) = Split(x);
        return exponent + OfReduced(m) * InverseOfLn2;
    }

    private static double AtTheEnds(double x) =>
        x == 0 ? double.NegativeInfinity : double.IsPositiveInfinity(x) ? x : double.NaN;

    /// <summary>x = 2^exponent m with m from sqrt(1/2) to sqrt(2), so that the logarithm of m is small on both sides of 1.</summary>
    /// <param name="x">A finite number above 0.</param>
    private static (int Exponent, double M) Split(double x)
    {
        int exponent = 0;
        if (x < SmallestNormal)
        {
            x *= 1L << 54;
            exponent = -54;
        }
        long bits = BitConverter.DoubleToInt64Bits(x) - SqrtOfHalf;
        exponent += (int)(bits >> MantissaBits);
        return (exponent, BitConverter.Int64BitsToDouble((bits & ((1L << MantissaBits) - 1)) + SqrtOfHalf));
    }

    /// <summary>ln m = 2 artanh(s) with s = (m - 1) / (m + 1), of magnitude at most 0.172: its series to s^23.</summary>
    private static double OfReduced(double m)
    {
        double f = m - 1;
        double s = f / (2 + f);
        double square = s * s;
        double series = 0;
        for (int power = 23; power >= 3; power -= 2)
            series = series * square + 1.0 / power;
        return 2 * s + 2 * s * (square * series);
    }
}
