using System.Globalization;

namespace Nabla.Report;

/// <summary>Figures in tables. One that is undefined is a dash.</summary>
public static class FigureText
{
    /// <summary>What stands for a figure that is undefined.</summary>
    public const string Undefined = "-";

    /// <summary>A figure from 0 to 1, with four decimals.</summary>
    /// <param name="value">The figure.</param>
    public static string Share(double value) => Format(value, "0.0000");

    /// <summary>A figure with a unit, with six digits.</summary>
    /// <param name="value">The figure.</param>
    public static string Digits(double value) => Format(value, "G6");

    /// <summary>A count.</summary>
    /// <param name="value">The count.</param>
    public static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Format(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : Undefined;
}
