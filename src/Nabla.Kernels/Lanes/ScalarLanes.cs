using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>One lane, in plain C#: the definition that the vectors are compared with, and the fallback without vector hardware.</summary>
internal readonly struct ScalarLanes : ILanes<float>
{
    public static int Count => 1;

    public static int Registers => 16;

    public static float Broadcast(float value) => value;

    public static float BroadcastBits(int bits) => BitConverter.Int32BitsToSingle(bits);

    public static float Load(ref readonly float source, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in source), offset);

    public static float LoadBytes(ref readonly byte source, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in source), offset);

    public static void Store(float value, ref float destination, nuint offset) => Unsafe.Add(ref destination, offset) = value;

    public static void StoreFirst(float value, int lanes, ref float destination, nuint offset) => Store(value, ref destination, offset);

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FusedMultiplyAdd(float a, float b, float c) =>
        Fma.IsSupported || AdvSimd.IsSupported ? FusedInHardware(a, b, c) : SoftwareFma.MultiplyAdd(a, b, c);

    public static float Sqrt(float a) => MathF.Sqrt(a);

    public static float SelectGreater(float a, float b, float then, float otherwise) => a > b ? then : otherwise;

    public static float AddBits(float a, float b) => BroadcastBits(Bits(a) + Bits(b));

    public static float SubtractBits(float a, float b) => BroadcastBits(Bits(a) - Bits(b));

    public static float AndBits(float a, float b) => BroadcastBits(Bits(a) & Bits(b));

    public static float OrBits(float a, float b) => BroadcastBits(Bits(a) | Bits(b));

    public static float ShiftBitsLeft(float a, int count) => BroadcastBits(Bits(a) << count);

    public static float ShiftBitsRight(float a, int count) => BroadcastBits(Bits(a) >> count);

    public static float BitsToFloat(float a) => Bits(a);

    public static float MinBits(float a, float b) => BroadcastBits(Math.Min(Bits(a), Bits(b)));

    public static bool AnyNegativeZero(float a) => Bits(a) == int.MinValue;

#pragma warning disable RS0030 // The only permitted call: it compiles to the hardware's instruction, which rounds once.
    private static float FusedInHardware(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);
#pragma warning restore RS0030

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
