namespace Nabla.Reference.Tests;

/// <summary>Compares two lists by relative error, number by number, so that large numbers do not hide a wrong small one.</summary>
internal static class Near
{
    public static void Each(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = expected[i] == actual[i] ? 0.0 : Math.Abs(expected[i] - actual[i]) / Math.Abs(expected[i]);
            if (!(error <= relative)) // so that NaN fails
                Assert.Fail($"Number {i} is {actual[i]:R} instead of {expected[i]:R}: off by {error:E2}, allowed {relative:E0}.");
        }
    }
}
