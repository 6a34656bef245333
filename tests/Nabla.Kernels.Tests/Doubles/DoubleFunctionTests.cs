namespace Nabla.Kernels.Tests;

/// <summary>Logarithms, powers and cosines of doubles against the base library's.</summary>
public class DoubleFunctionTests
{
    [Fact]
    public void The_logarithm_of_doubles_is_within_two_units_in_the_last_place()
    {
        var stream = new RandomStream(5, RandomPurpose.GradientCheck);
        for (int i = 0; i < 200_000; i++)
        {
            // Every other sample stands close to 1, where cancellation would show.
            double x = i % 2 == 0
                ? BitConverter.UInt64BitsToDouble(stream.NextUInt64() >> 1)
                : 1 + (stream.NextUnit() - 0.5) / (1 << i % 20);
            if (!double.IsFinite(x))
                continue;
            double expected = Math.Log(x);
            Assert.InRange(Math.Abs(DoubleLogarithm.Of(x) - expected), 0, 2 * (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.Epsilon, -744.4400719213812)]
    public void The_logarithm_of_doubles_handles_special_values(double x, double expected) =>
        Assert.Equal(expected, DoubleLogarithm.Of(x));

    [Fact]
    public void The_logarithm_to_base_2_is_within_three_units_in_the_last_place_and_exact_for_powers()
    {
        foreach (double x in Samples(0, 1e6).Concat(Samples(0.9, 1.1)))
        {
            double expected = Math.Log2(x);
            Assert.InRange(Math.Abs(DoubleLogarithm.Base2(x) - expected), 0, 3 * Unit(expected));
        }
        for (int power = -1074; power <= 1023; power++)
            Assert.Equal(power, DoubleLogarithm.Base2(Math.ScaleB(1, power)));
        Assert.Equal(double.NegativeInfinity, DoubleLogarithm.Base2(0));
        Assert.Equal(double.PositiveInfinity, DoubleLogarithm.Base2(double.PositiveInfinity));
        Assert.Equal(double.NaN, DoubleLogarithm.Base2(-1));
    }

    [Fact]
    public void A_power_of_2_is_within_two_units_in_the_last_place_and_exact_for_whole_numbers()
    {
        foreach (double x in Samples(-1022, 1023).Concat(Samples(-1, 1)))
        {
            double expected = double.Exp2(x);
            Assert.InRange(Math.Abs(DoubleExponential.Base2(x) - expected), 0, 2 * Unit(expected));
        }
        for (int power = -1022; power <= 1023; power++)
            Assert.Equal(Math.ScaleB(1, power), DoubleExponential.Base2(power));
        Assert.Equal(0, DoubleExponential.Base2(-1023));
        Assert.Equal(double.PositiveInfinity, DoubleExponential.Base2(1024));
        Assert.Equal(double.NaN, DoubleExponential.Base2(double.NaN));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(-0.7)]
    public void Powers_are_near_those_of_the_base_library(double power)
    {
        foreach (double x in Samples(1e-6, 1e6))
            Assert.Equal(1, DoubleExponential.Power(x, power) / Math.Pow(x, power), 1e-14);
        Assert.Equal(1, DoubleExponential.Power(1, power));
    }

    [Fact]
    public void Whole_powers_are_products()
    {
        Assert.Equal(1, DoubleExponential.WholePower(0.3, 0));
        Assert.Equal(0.3, DoubleExponential.WholePower(0.3, 1));
        Assert.Equal(0.3 * 0.3, DoubleExponential.WholePower(0.3, 2));
        for (int n = 3; n < 200; n++)
            Assert.Equal(1, DoubleExponential.WholePower(0.95, n) / Math.Pow(0.95, n), 1e-13);
        Assert.Equal(0, DoubleExponential.WholePower(0.5, long.MaxValue));
    }

    [Fact]
    public void The_cosine_of_turns_is_near_that_of_the_base_library()
    {
        foreach (double x in Samples(-1, 1).Concat(Samples(0, 0.125)))
        {
            Assert.Equal(double.CosPi(2 * x), DoubleCosine.OfTurns(x), 4e-16);
            // Here the argument itself is rounded, by up to 2^-52 where it is between 4 and 2 pi.
            Assert.Equal(Math.Cos(2 * Math.PI * x), DoubleCosine.OfTurns(x), 1.5e-15);
        }
        foreach (double x in Samples(-1000, 1000))
            Assert.Equal(double.CosPi(2 * x), DoubleCosine.OfTurns(x), 4e-16);
        double[] quarters = [1, 0, -1, 0];
        for (int quarter = -8; quarter <= 8; quarter++)
            Assert.Equal(quarters[quarter & 3], DoubleCosine.OfTurns(quarter * 0.25));
    }

    [Fact]
    public void Sums_of_products_have_their_order()
    {
        for (int length = 0; length < 20; length++)
        {
            double[] a = [.. Samples(-1, 1).Take(length)], b = [.. Samples(-1, 1).Skip(50).Take(length)], sums = new double[4];
            int whole = length / 4 * 4;
            for (int i = 0; i < whole; i++)
                sums[i % 4] += a[i] * b[i];
            double expected = (sums[0] + sums[1]) + (sums[2] + sums[3]);
            for (int i = whole; i < length; i++)
                expected += a[i] * b[i];
            Assert.Equal(expected, DoubleVectors.Dot(a, b));

            double[] added = [.. b];
            DoubleVectors.AddMultiple(0.3, a, added);
            Assert.Equal(a.Zip(b, (x, y) => y + 0.3 * x), added);
        }
    }

    /// <summary>A digest of some results, which no system may change.</summary>
    [Fact]
    public void Results_have_the_same_bits_everywhere()
    {
        ulong bits = 0;
        foreach (double x in Samples(0, 40))
        {
            foreach (double y in (double[])[DoubleLogarithm.Base2(x), DoubleExponential.Base2(x), DoubleCosine.OfTurns(x)])
                bits = unchecked(31 * bits + BitConverter.DoubleToUInt64Bits(y));
        }
        Assert.Equal(9662887535852395657UL, bits);
    }

    private static IEnumerable<double> Samples(double from, double to)
    {
        var stream = new RandomStream(6, RandomPurpose.GradientCheck);
        for (int i = 0; i < 20_000; i++)
            yield return from + (to - from) * stream.NextUnit();
    }

    /// <summary>The distance to the next double.</summary>
    private static double Unit(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);
}
