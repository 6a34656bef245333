using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>One lane, in plain C#: the definition that the vectors are held against, and what runs where there are none.</summary>
internal readonly struct ScalarLanes : ILanes<float>
{
    public static int Count => 1;

    public static float Broadcast(float value) => value;

    public static float Load(ref readonly float source, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in source), offset);

    public static void Store(float value, ref float destination, nuint offset) => Unsafe.Add(ref destination, offset) = value;

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FusedMultiplyAdd(float a, float b, float c) =>
        Fma.IsSupported ? FusedInHardware(a, b, c)
        : AdvSimd.IsSupported ? FusedInHardware(a, b, c)
        : FusedInSoftware(a, b, c);

    public static float Sqrt(float a) => MathF.Sqrt(a);

    public static float Abs(float a) => MathF.Abs(a);

    public static float SelectGreater(float a, float b, float then, float otherwise) => a > b ? then : otherwise;

    public static float AddBits(float a, int addend) => FromBits(ToBits(a) + addend);

    public static float ShiftBitsLeft(float a, int count) => FromBits(ToBits(a) << count);

    public static float ShiftBitsRight(float a, int count) => FromBits(ToBits(a) >> count);

    public static float AndBits(float a, int mask) => FromBits(ToBits(a) & mask);

    public static float OrBits(float a, float b) => FromBits(ToBits(a) | ToBits(b));

    public static float BitsToFloat(float a) => ToBits(a);

    /// <summary>a * b + c rounded once, without hardware for it.</summary>
    /// <remarks>
    /// The product of two floats is exact in a double. The sum with c is rounded to odd (Boldo and Melquiond, "Emulation of FMA and
    /// correctly rounded sums: proved algorithms using rounding to odd", 2008), and so the second rounding, to float, cannot be misled
    /// by the first.
    /// </remarks>
    internal static float FusedInSoftware(float a, float b, float c)
    {
        double product = (double)a * b;
        double addend = c;
        double sum = product + addend;
        // What the rounding of the sum left out, exactly (Knuth's TwoSum).
        double shadow = sum - product;
        double rest = (product - (sum - shadow)) + (addend - shadow);
        long bits = BitConverter.DoubleToInt64Bits(sum);
        if (rest != 0 && (bits & 1) == 0 && double.IsFinite(sum))
            sum = BitConverter.Int64BitsToDouble(rest > 0 == sum > 0 ? bits + 1 : bits - 1);
        return (float)sum;
    }

#pragma warning disable RS0030 // The one place that may call it: the hardware's own instruction, which rounds once.
    private static float FusedInHardware(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);
#pragma warning restore RS0030

    private static int ToBits(float value) => BitConverter.SingleToInt32Bits(value);

    private static float FromBits(int bits) => BitConverter.Int32BitsToSingle(bits);
}
