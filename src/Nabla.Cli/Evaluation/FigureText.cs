using System.Globalization;

namespace Nabla.Cli;

/// <summary>Figures in tables. One that is undefined is a dash.</summary>
internal static class FigureText
{
    public const string Undefined = "-";

    /// <summary>A figure from 0 to 1, with four decimals.</summary>
    public static string Share(double value) => Format(value, "0.0000");

    /// <summary>A figure with a unit, with six digits.</summary>
    public static string Digits(double value) => Format(value, "G6");

    public static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Format(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : Undefined;
}
