namespace Nabla;

/// <summary>The sine and the cosine of an angle from + - * / alone: the same bits on every system.</summary>
internal static class Angle
{
    private const double RadiansOfADegree = Math.PI / 180;
    private const int LastPower = 16;

    /// <summary>Sine and cosine, within 3e-16; exact at multiples of 90 degrees.</summary>
    /// <param name="degrees">From -180 to 180.</param>
    public static (double Sine, double Cosine) SineAndCosine(double degrees)
    {
        // The nearest multiple of 90 degrees is taken off exactly. The rest is at most 45 degrees, where the Taylor series are short.
        int quarters = (int)Math.Round(degrees / 90);
        double x = (degrees - 90 * quarters) * RadiansOfADegree;
        double square = x * x, sine = 1, cosine = 1;
        for (int power = LastPower; power >= 2; power -= 2)
        {
            sine = 1 - square / (power * (power + 1)) * sine;
            cosine = 1 - square / (power * (power - 1)) * cosine;
        }
        return (quarters & 3) switch
        {
            0 => (x * sine, cosine),
            1 => (cosine, -x * sine),
            2 => (-x * sine, -cosine),
            _ => (-cosine, x * sine),
        };
    }
}
