namespace Nabla.Reference;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    // From here on the continued fraction converges well, and 1/2 plus the series begins to cancel.
    private const double Far = 3.0;

    /// <summary>phi(z) = exp(-z^2 / 2) / sqrt(2 pi).</summary>
    public static double Density(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(2.0 * Math.PI);

    /// <summary>Phi(z), the integral of phi up to z: (1 + erf(z / sqrt 2)) / 2.</summary>
    public static double Probability(double z)
    {
        if (Math.Abs(z) > Far)
            return z < 0.0 ? Tail(-z) : 1.0 - Tail(z);
        return 0.5 + Density(z) * Series(z);
    }

    /// <summary>z + z^3/3 + z^5/(3*5) + z^7/(3*5*7) + ... (G. Marsaglia, "Evaluating the Normal Distribution", 2004).</summary>
    private static double Series(double z)
    {
        double term = z, sum = z;
        for (int k = 3; k < 120; k += 2)
        {
            term *= z * z / k;
            sum += term;
        }
        return sum;
    }

    /// <summary>Phi(-z) = phi(z) / (z + 1/(z + 2/(z + 3/(z + ...)))), Laplace's continued fraction.</summary>
    private static double Tail(double z)
    {
        double denominator = z;
        for (int k = 50; k > 0; k--)
            denominator = z + k / denominator;
        return Density(z) / denominator;
    }
}
