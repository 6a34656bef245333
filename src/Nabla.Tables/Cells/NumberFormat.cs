namespace Nabla.Tables;

/// <summary>How the numbers of a column are written.</summary>
public enum NumberFormat
{
    /// <summary>As C# writes them: 1234.5, -2e-3.</summary>
    Plain,

    /// <summary>With a decimal point, groups of digits, currency signs or percent signs: 1,234.5, $5, 55 %, (1.5).</summary>
    DecimalPoint,

    /// <summary>With a decimal comma, and perhaps the same additions: 1.234,5.</summary>
    DecimalComma,
}
