using System.Globalization;
using Nabla.Kernels;

namespace Nabla.Cli;

/// <summary>A range of numbers, of which a random search draws some.</summary>
/// <remarks>
/// Every factor is as likely as any other, as suits learning rates; in a range that begins at 0, every number is as likely as any other.
/// </remarks>
/// <param name="low">The smallest number, at least 0.</param>
/// <param name="high">The largest number, at least the smallest.</param>
/// <param name="isWhole">Whether only whole numbers are drawn.</param>
internal sealed class TriedRange(double low, double high, bool isWhole)
{
    private const string FourDigits = "G4";

    /// <summary>A number of the range as text: a whole one, or one with four digits.</summary>
    public string Draw(ref RandomStream stream)
    {
        double share = stream.NextUnit();
        double end = isWhole ? high + 1 : high;
        double number = low > 0 ? low * Power(end / low, share) : share * end;
        double rounded = isWhole
            ? Math.Floor(number)
            : double.Parse(number.ToString(FourDigits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(rounded, low, high).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A power with an exponent from 0 to 1, by square roots: they have the same bits on all machines.</summary>
    private static double Power(double x, double exponent)
    {
        const int Bits = 52;
        double power = 1;
        for (int bit = 0; bit < Bits; bit++)
        {
            x = Math.Sqrt(x);
            exponent *= 2;
            if (exponent >= 1)
            {
                power *= x;
                exponent--;
            }
        }
        return power;
    }
}
