namespace Nabla.Reference.Tests;

/// <summary>Comparison of two lists of numbers by relative error, each number by itself, so that a small one is not hidden by large ones.</summary>
internal static class Near
{
    public static void Each(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = 0.0;
        int at = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = expected[i] == actual[i] ? 0.0 : Math.Abs(expected[i] - actual[i]) / Math.Abs(expected[i]);
            if (error <= worst)
                continue;
            (worst, at) = (error, i);
        }
        Assert.True(worst <= relative, $"Number {at} is {(at < 0 ? 0 : actual[at]):R} instead of {(at < 0 ? 0 : expected[at]):R}: off by {worst:E2}, allowed {relative:E0}.");
    }
}
