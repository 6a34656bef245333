using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Nabla.Kernels;

namespace Nabla.Tests.Shared;

/// <summary>Helpers for tests of several widths: the supported widths, interesting floats, and comparison of bits.</summary>
internal static class Widths
{
    public static KernelWidth[] Supported { get; } = [.. Enum.GetValues<KernelWidth>().Where(KernelChoice.IsSupported)];

    public static float[] SpecialValues { get; } =
    [
        0f, -0f, 1f, -1f, 0.5f, -0.5f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1.17549435e-38f, 1.1754942e-38f, float.MaxValue,
        float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 88.72283f, 88.72284f, 89f, 100f, -87.33655f, -88f,
        -103.97f, -103.98f, -104f, -150f, -32f, -31.999998f, -16.635532f, 0.3465736f, -0.3465736f, 9.010913f, 10f, 20f,
        0.70710677f, 0.70710683f, 1.4142135f, 1.4142137f, 0.99999994f, 1.0000001f,
        1e-20f, -1e-20f, 1e20f, 12582912f, 8388607.5f, 16777216f,
    ];

    /// <summary>Special values mixed with floats of random bits and normal deviates.</summary>
    public static float[] Mixed(int length, ulong seed)
    {
        var stream = new RandomStream(seed, RandomPurpose.GradientCheck);
        var values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = stream.NextUInt32(4) switch
            {
                0 => SpecialValues[stream.NextUInt32((uint)SpecialValues.Length)],
                1 => BitConverter.UInt32BitsToSingle(stream.NextUInt32()),
                _ => (float)(8 * stream.NextNormal()),
            };
        }
        return values;
    }

    /// <summary>Floats from their whole range: those whose bit pattern is a multiple of the step, NaNs included.</summary>
    public static float[] Sweep(uint step)
    {
        var values = new float[(int)((1L << 32) / step)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)i * step);
        return values;
    }

    /// <summary>Fails unless both hold the same bits; every NaN counts as the same.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (CanonicalBits(expected[i]) != CanonicalBits(actual[i]))
                Assert.Fail($"{what}: element {i} is {actual[i]:R}, not {expected[i]:R}.");
        }
    }

    public static int CanonicalBits(float value) => BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value);

    /// <summary>A function of up to three spans, [n] each, into a fourth, which may be the first.</summary>
    public delegate void Kernel(
        KernelWidth width, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination);

    /// <summary>
    /// Fails unless a function has the bits of one lane at every supported width, for each length from 0 to 70, at several offsets and in
    /// place, and leaves what surrounds the destination alone.
    /// </summary>
    public static void CompareAtEachLengthAndOffset(Kernel kernel, string name)
    {
        const float untouched = 12345.678f;
        for (int length = 0; length <= 70; length++)
        {
            int offset = length % 5;
            float[] x = Mixed(length + offset, (ulong)length), y = Mixed(length + offset, 1000 + (ulong)length);
            float[] z = Mixed(length + offset, 2000 + (ulong)length), expected = new float[length];
            kernel(KernelWidth.Scalar, x.AsSpan(offset), y.AsSpan(offset), z.AsSpan(offset), expected);
            foreach (KernelWidth width in Supported)
            {
                float[] actual = [.. Enumerable.Repeat(untouched, length + 2 * offset + 1)];
                kernel(width, x.AsSpan(offset), y.AsSpan(offset), z.AsSpan(offset), actual.AsSpan(offset, length));
                AssertSameBits(expected, actual.AsSpan(offset, length), $"{name} of {length} at {width}");
                Assert.All(actual[..offset].Concat(actual[(offset + length)..]), value => Assert.Equal(untouched, value));
                float[] inPlace = x[offset..];
                kernel(width, inPlace, y.AsSpan(offset), z.AsSpan(offset), inPlace);
                AssertSameBits(expected, inPlace, $"{name} of {length} in place at {width}");
            }
        }
    }

    /// <summary>The error of a float in units in its last place; a NaN for a NaN and an infinity for an infinity have none.</summary>
    public static double ErrorInUlps(float actual, double exact)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
            return double.IsNaN(exact) == float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity((float)exact) || float.IsInfinity(actual))
            return (float)exact == actual ? 0 : double.PositiveInfinity;
        int exponent = exact == 0 ? -126 : Math.Max(Math.ILogB(exact), -126);
        return Math.Abs(actual - exact) / Math.ScaleB(1, exponent - 23);
    }

    /// <summary>The first 16 hexadecimal digits of SHA-256 over the bits of floats, little-endian; every NaN counts as the same.</summary>
    public static string Hash(float[] values) => Hash<int>([.. values.Select(CanonicalBits)]);

    /// <summary>The first 16 hexadecimal digits of SHA-256 over values as they are in memory: little-endian.</summary>
    public static string Hash<T>(T[] values) where T : struct =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())))[..16];

    /// <summary>Normal deviates of deviation 6, where activations neither vanish nor saturate throughout.</summary>
    public static float[] Scores(int count)
    {
        var stream = new RandomStream(9, RandomPurpose.GradientCheck);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(6 * stream.NextNormal()))];
    }
}
