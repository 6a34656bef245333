using System.Globalization;

namespace Nabla;

/// <summary>Writes activations in C#: every step is rounded as in the kernel, so the bits are the same.</summary>
internal sealed class CSharpActivationCode : ActivationCode
{
    /// <summary>A float as a literal that the compiler reads as the same float.</summary>
    public static string Number(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ when float.IsNaN(value) => "float.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    /// <summary>A double as a literal that the compiler reads as the same double.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "d",
    };

    protected override string Literal(float value) => Number(value);

    protected override string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    protected override string Reinterpret(string value, bool asBits) =>
        asBits ? $"BitConverter.SingleToInt32Bits({value})" : $"BitConverter.Int32BitsToSingle({value})";

    protected override string Line(string name, bool isBits, string expression) => $"{(isBits ? "int" : "float")} {name} = {expression};";

    protected override string Return(string value) => $"return {value};";

    protected override string Expression(TracedOperation step, string[] operands) => step.Kind switch
    {
        TracedKind.FusedMultiplyAdd => $"MathF.FusedMultiplyAdd({string.Join(", ", operands)})",
        TracedKind.Sqrt => $"MathF.Sqrt({operands[0]})",
        TracedKind.SelectGreater => $"{operands[0]} > {operands[1]} ? {operands[2]} : {operands[3]}",
        TracedKind.ShiftBitsLeft => $"{operands[0]} << {step.Number}",
        TracedKind.ShiftBitsRight => $"{operands[0]} >> {step.Number}",
        TracedKind.BitsToFloat => $"(float){operands[0]}",
        // Constants wrap around as the kernel's do, where the compiler would report an overflow.
        TracedKind.AddBits or TracedKind.SubtractBits => $"unchecked({operands[0]} {Infix(step.Kind)} {operands[1]})",
        _ => $"{operands[0]} {Infix(step.Kind)} {operands[1]}",
    };
}
