namespace Nabla.Kernels;

/// <summary>Powers of doubles from + - * / and integer operations: the same bits on every system.</summary>
internal static class DoubleExponential
{
    private const double Ln2 = 0.6931471805599453;

    // Terms up to y^16 leave less than 1e-18 where y is at most ln 2 / 2.
    private const int LastTerm = 16;

    /// <summary>2^x, within 2 units in the last place. Below -1022 it is 0, and above 1023 infinity.</summary>
    /// <param name="x">Any number.</param>
    public static double Base2(double x)
    {
        if (!(x is >= -1022 and <= 1023))
            return x < 0 ? 0 : x > 0 ? double.PositiveInfinity : double.NaN;
        // x = whole + rest with a rest of at most 1/2; 2^rest = exp(rest ln 2) by its series, from the last term to the first.
        double whole = Math.Round(x);
        double y = (x - whole) * Ln2;
        double series = 1;
        for (int n = LastTerm; n >= 1; n--)
            series = 1 + y / n * series;
        return BitConverter.Int64BitsToDouble((long)(whole + 1023) << 52) * series;
    }

    /// <summary>x^y = 2^(y log2 x). The relative error is at most 1e-14 if the power is between 1e-6 and 1e6, and grows beyond.</summary>
    /// <param name="x">Above 0.</param>
    /// <param name="y">Any number.</param>
    public static double Power(double x, double y) => Base2(y * DoubleLogarithm.Base2(x));

    /// <summary>x^n by repeated squaring.</summary>
    /// <param name="x">Any double.</param>
    /// <param name="n">0 or more.</param>
    public static double WholePower(double x, long n)
    {
        double power = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
        {
            if ((n & 1) != 0)
                power *= square;
        }
        return power;
    }
}
