namespace Nabla.Kernels;

/// <summary>The cosine of a double from + - * / alone: the same bits on every system.</summary>
internal static class DoubleCosine
{
    // Terms up to x^16 and x^17 leave less than 1e-17 where x is at most pi / 4.
    private const int LastOfCosine = 16;
    private const int LastOfSine = 17;

    /// <summary>cos(2 pi x), within 3e-16, and exact at multiples of a quarter.</summary>
    /// <param name="turns">x, a finite number: an angle in full turns.</param>
    public static double OfTurns(double turns)
    {
        // Both reductions are exact: to the nearest full turn, and to the nearest quarter of one.
        double x = Math.Abs(turns - Math.Round(turns));
        int quarter = (int)Math.Round(4 * x);
        double angle = 2 * Math.PI * (x - quarter * 0.25);
        return quarter switch
        {
            0 => Cosine(angle),
            1 => -Sine(angle),
            _ => -Cosine(angle),
        };
    }

    /// <summary>1 - x^2 / 2! + x^4 / 4! - ..., from the last term to the first.</summary>
    private static double Cosine(double x)
    {
        double series = 1;
        for (int n = LastOfCosine; n >= 2; n -= 2)
            series = 1 - x * x / ((n - 1) * n) * series;
        return series;
    }

    /// <summary>x - x^3 / 3! + x^5 / 5! - ..., from the last term to the first.</summary>
    private static double Sine(double x)
    {
        double series = 1;
        for (int n = LastOfSine; n >= 3; n -= 2)
            series = 1 - x * x / ((n - 1) * n) * series;
        return x * series;
    }
}
