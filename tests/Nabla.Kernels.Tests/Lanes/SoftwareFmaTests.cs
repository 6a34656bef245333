using System.Numerics;

namespace Nabla.Kernels.Tests;

public class SoftwareFmaTests
{
    [Theory]
    // 1 + 2^-24 is half-way between floats; the first product is 2^-24 (1 + 2^-46), the second 2^-24 (1 - 2^-46), which a double rounds
    // to half-way.
    [InlineData(8384513f / 8388608f, 8392705f / 8388608f / 16777216f, 1f, 1.0000001f)]
    [InlineData(8388607f / 8388608f, 8388609f / 8388608f / 16777216f, 1.0000001f, 1.0000001f)]
    // The same among the subnormals, around 2^-127 + 2^-150; 3.155...e-30 is 2^-98.
    [InlineData(8384513 * 3.1554436e-30f, 8392705 * 3.1554436e-30f, 5.877472e-39f, 5.877472e-39f + float.Epsilon)]
    [InlineData(8388607 * 3.1554436e-30f, 8388609 * 3.1554436e-30f, 5.877472e-39f + float.Epsilon, 5.877472e-39f + float.Epsilon)]
    [InlineData(1f, 5.9604645e-08f, 1f, 1f)]
    [InlineData(1f, 5.9604645e-08f, 1.0000001f, 1.0000002f)]
    [InlineData(0f, -1f, 0f, 0f)]
    [InlineData(0f, -2f, -0f, -0f)]
    [InlineData(1f, 1f, -1f, 0f)]
    [InlineData(float.MaxValue, 2f, float.MinValue, float.MaxValue)]
    [InlineData(float.MaxValue, 2f, 0f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, 0f, 1f, float.NaN)]
    [InlineData(float.PositiveInfinity, 1f, float.NegativeInfinity, float.NaN)]
    [InlineData(1f, 1f, float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NaN, 1f, 1f, float.NaN)]
    [InlineData(float.Epsilon, 0.5f, 0f, 0f)]
    [InlineData(float.Epsilon, 0.5f, float.Epsilon, 2.8e-45f)]
    [InlineData(float.Epsilon, float.Epsilon, 1f, 1f)]
    public void A_known_case_is_rounded_once(float a, float b, float c, float expected) =>
        Assert.Equal(Widths.CanonicalBits(expected), Widths.CanonicalBits(SoftwareFma.MultiplyAdd(a, b, c)));

    [Fact]
    public void Rounding_twice_would_fail_these_tests()
    {
        int differences = Cases(200_000).Count(x => (float)((double)x.A * x.B + x.C) != Exact(x.A, x.B, x.C));
        Assert.True(differences > 100, $"Only {differences} cases distinguish one rounding from two.");
    }

    [Fact]
    public void Random_and_half_way_cases_equal_exact_integer_arithmetic()
    {
        var affected = Cases(200_000).Where(x => (float)((double)x.A * x.B + x.C) != SoftwareFma.MultiplyAdd(x.A, x.B, x.C));
        Assert.All(affected.Concat(Cases(20_000)), x => Assert.Equal(Exact(x.A, x.B, x.C), SoftwareFma.MultiplyAdd(x.A, x.B, x.C)));
    }

    [Fact]
    public void The_hardware_gives_the_same_bits()
    {
        foreach ((float a, float b, float c) in Cases(2_000_000))
        {
            float hardware = ScalarLanes.FusedMultiplyAdd(a, b, c);
            if (Widths.CanonicalBits(hardware) != Widths.CanonicalBits(SoftwareFma.MultiplyAdd(a, b, c)))
                Assert.Fail($"{a:R} * {b:R} + {c:R} is {hardware:R}, not {SoftwareFma.MultiplyAdd(a, b, c):R}.");
        }
    }

    /// <summary>
    /// Finite operands of four kinds: any bits; like magnitudes; a few bits each, so that sums land half-way; results around the
    /// subnormals.
    /// </summary>
    private static IEnumerable<(float A, float B, float C)> Cases(int count)
    {
        var stream = new RandomStream(6, RandomPurpose.GradientCheck);
        for (int i = 0; i < count; i++)
        {
            float sign = stream.NextUInt32(2) == 0 ? 1 : -1;
            (float a, float b, float c) = (i % 4) switch
            {
                0 => (AnyBits(ref stream), AnyBits(ref stream), AnyBits(ref stream)),
                1 => (Short(ref stream, 24, 0), Short(ref stream, 24, 0), Short(ref stream, 24, (int)stream.NextUInt32(60) - 30)),
                2 => (Short(ref stream, 12, 0), Short(ref stream, 13, 0), Short(ref stream, 2, (int)stream.NextUInt32(160) - 80)),
                _ => (
                    Short(ref stream, 13, -70), Short(ref stream, 13, -80 + (int)stream.NextUInt32(24)),
                    BitConverter.UInt32BitsToSingle(stream.NextUInt32(0x0180_0000))),
            };
            if (float.IsFinite(a) && float.IsFinite(b) && float.IsFinite(c))
                yield return (a, b, sign * c);
        }
    }

    private static float AnyBits(ref RandomStream stream) => BitConverter.UInt32BitsToSingle(stream.NextUInt32());

    /// <summary>A float of few significant bits.</summary>
    private static float Short(ref RandomStream stream, int bits, int exponent) =>
        (float)Math.ScaleB((1u << (bits - 1)) + stream.NextUInt32(1u << (bits - 1)), exponent - bits + 1);

    /// <summary>a b + c in integers of any length, rounded to the nearest float, ties to even.</summary>
    private static float Exact(float a, float b, float c)
    {
        // Every float is a multiple of 2^-149, every product of 2^-298.
        BigInteger sum = Scaled(a) * Scaled(b) + (Scaled(c) << 149);
        if (sum.IsZero)
            return a * b + c;
        BigInteger magnitude = BigInteger.Abs(sum);
        int drop = Math.Max((int)magnitude.GetBitLength() - 24, 149);
        BigInteger kept = magnitude >> drop;
        BigInteger twiceRest = (magnitude - (kept << drop)) << 1;
        int comparison = twiceRest.CompareTo(BigInteger.One << drop);
        if (comparison > 0 || (comparison == 0 && !kept.IsEven))
            kept += 1;
        return (float)(sum.Sign * Math.ScaleB((double)kept, drop - 298));
    }

    private static BigInteger Scaled(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        int exponent = bits >> 23 & 0xFF;
        BigInteger magnitude = exponent == 0 ? bits & 0x7FFFFF : new BigInteger(bits & 0x7FFFFF | 0x800000) << (exponent - 1);
        return bits < 0 ? -magnitude : magnitude;
    }
}
