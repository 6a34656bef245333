namespace Nabla.Tests;

/// <summary>How far vectors lie apart.</summary>
internal static class Relative
{
    /// <summary>|actual - expected| / |expected|; where the expected one is zero (the gradient of a dead network), |actual|.</summary>
    public static double Distance(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        double difference = 0, norm = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += (expected[i] - actual[i]) * (expected[i] - actual[i]);
            norm += expected[i] * expected[i];
        }
        return norm == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / norm);
    }

    /// <summary>The same for floats.</summary>
    public static double Distance(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        var widened = new double[actual.Length];
        for (int i = 0; i < widened.Length; i++)
            widened[i] = actual[i];
        return Distance(expected, widened);
    }
}
