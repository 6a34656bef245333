namespace Nabla;

/// <summary>What a step of a traced function does.</summary>
internal enum TracedKind
{
    /// <summary>The function's argument.</summary>
    Argument,

    /// <summary>A constant float.</summary>
    Constant,

    /// <summary>A constant integer, in the bits of a float.</summary>
    ConstantBits,

    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>a * b + c, rounded once.</summary>
    FusedMultiplyAdd,

    Sqrt,

    /// <summary>c where a > b, else d.</summary>
    SelectGreater,

    AddBits,
    SubtractBits,
    AndBits,
    OrBits,
    ShiftBitsLeft,
    ShiftBitsRight,

    /// <summary>The integer in the bits of a float, as a float.</summary>
    BitsToFloat,
}

/// <summary>One step of a traced function.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="A">Number of the step that computes the first operand; -1 if there is none.</param>
/// <param name="B">The second.</param>
/// <param name="C">The third.</param>
/// <param name="D">The fourth.</param>
/// <param name="Number">The bits of a constant, or by how many bits to shift.</param>
internal readonly record struct TracedOperation(TracedKind Kind, int A = -1, int B = -1, int C = -1, int D = -1, int Number = 0)
{
    /// <summary>Whether the result is an integer in the bits of a float.</summary>
    public bool GivesBits => Kind is TracedKind.ConstantBits or TracedKind.ShiftBitsLeft or TracedKind.ShiftBitsRight
        or (>= TracedKind.AddBits and <= TracedKind.OrBits);

    /// <summary>Whether the operands are integers in the bits of floats.</summary>
    public bool TakesBits => Kind is >= TracedKind.AddBits and <= TracedKind.BitsToFloat;

    /// <summary>Whether it stands for a number that is known.</summary>
    public bool IsConstant => Kind is TracedKind.Constant or TracedKind.ConstantBits;

    /// <summary>The steps that compute the operands.</summary>
    public IEnumerable<int> Operands => new[] { A, B, C, D }.Where(operand => operand >= 0);
}
