using System.Globalization;

namespace Nabla;

/// <summary>Writes activations in Python, for arrays of NumPy. A fused multiply-add is computed in double precision and rounded.</summary>
internal sealed class PythonActivationCode : ActivationCode
{
    /// <summary>A double as Python reads it.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "float(\"inf\")",
        double.NegativeInfinity => "-float(\"inf\")",
        _ when double.IsNaN(value) => "float(\"nan\")",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    protected override string Literal(float value) => $"f32({Number(value)})";

    protected override string Literal(int value) => $"i32({value.ToString(CultureInfo.InvariantCulture)})";

    protected override string Reinterpret(string value, bool asBits) => $"{value}.view({(asBits ? "i32" : "f32")})";

    protected override string Line(string name, bool isBits, string expression) => $"{name} = {expression}";

    protected override string Return(string value) => $"return {value}";

    protected override string Expression(TracedOperation step, string[] operands) => step.Kind switch
    {
        TracedKind.FusedMultiplyAdd => $"fma({string.Join(", ", operands)})",
        TracedKind.Sqrt => $"np.sqrt({operands[0]})",
        TracedKind.SelectGreater => $"np.where({operands[0]} > {operands[1]}, {operands[2]}, {operands[3]})",
        TracedKind.ShiftBitsLeft => $"{operands[0]} << i32({step.Number})",
        TracedKind.ShiftBitsRight => $"{operands[0]} >> i32({step.Number})",
        TracedKind.BitsToFloat => $"{operands[0]}.astype(f32)",
        _ => $"{operands[0]} {Infix(step.Kind)} {operands[1]}",
    };
}
