namespace Nabla.Kernels.Tests;

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
}
