using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Transposes small blocks in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>Whether this processor can transpose four by four; a constant for the compiler.</summary>
    public static bool IsSupported => Sse.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>destination[j, i] = source[i, j].</summary>
    /// <param name="source">[4, 4], rows <paramref name="sourceStride"/> apart.</param>
    /// <param name="sourceStride">Elements from row to row.</param>
    /// <param name="destination">[4, 4], rows <paramref name="destinationStride"/> apart.</param>
    /// <param name="destinationStride">Elements from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourByFour(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        var row0 = Vector128.Load(source);
        var row1 = Vector128.Load(source + sourceStride);
        var row2 = Vector128.Load(source + 2 * sourceStride);
        var row3 = Vector128.Load(source + 3 * sourceStride);
        var low01 = InterleaveLow(row0, row1);
        var low23 = InterleaveLow(row2, row3);
        var high01 = InterleaveHigh(row0, row1);
        var high23 = InterleaveHigh(row2, row3);
        LowerHalves(low01, low23).Store(destination);
        UpperHalves(low01, low23).Store(destination + destinationStride);
        LowerHalves(high01, high23).Store(destination + 2 * destinationStride);
        UpperHalves(high01, high23).Store(destination + 3 * destinationStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowerHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(a, b) : AdvSimd.Arm64.ZipLow(a.AsDouble(), b.AsDouble()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UpperHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveHighToLow(b, a) : AdvSimd.Arm64.ZipHigh(a.AsDouble(), b.AsDouble()).AsSingle();

    /// <summary>Whether this processor can transpose sixteen by sixteen; a constant for the compiler.</summary>
    public static bool SixteenIsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <summary>destination[j, i] = source[i, j].</summary>
    /// <param name="source">[16, 16], rows <paramref name="sourceStride"/> apart.</param>
    /// <param name="sourceStride">Elements from row to row.</param>
    /// <param name="destination">[16, 16], rows <paramref name="destinationStride"/> apart.</param>
    /// <param name="destinationStride">Elements from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sixteen(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        // Four rows at a time become four times four columns, spread over the quarters of four vectors.
        Quarter(source, sourceStride, out var a0, out var a1, out var a2, out var a3);
        Quarter(source + 4 * sourceStride, sourceStride, out var b0, out var b1, out var b2, out var b3);
        Quarter(source + 8 * sourceStride, sourceStride, out var c0, out var c1, out var c2, out var c3);
        Quarter(source + 12 * sourceStride, sourceStride, out var d0, out var d1, out var d2, out var d3);
        Columns(a0, b0, c0, d0, destination, destinationStride);
        Columns(a1, b1, c1, d1, destination + destinationStride, destinationStride);
        Columns(a2, b2, c2, d2, destination + 2 * destinationStride, destinationStride);
        Columns(a3, b3, c3, d3, destination + 3 * destinationStride, destinationStride);
    }

    /// <summary>Quarter q of result i: element 4 q + i of each of the four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        float* source, nint stride,
        out Vector512<float> column0, out Vector512<float> column1, out Vector512<float> column2, out Vector512<float> column3)
    {
        var row0 = Vector512.Load(source);
        var row1 = Vector512.Load(source + stride);
        var row2 = Vector512.Load(source + 2 * stride);
        var row3 = Vector512.Load(source + 3 * stride);
        var low01 = Avx512F.UnpackLow(row0, row1).AsDouble();
        var low23 = Avx512F.UnpackLow(row2, row3).AsDouble();
        var high01 = Avx512F.UnpackHigh(row0, row1).AsDouble();
        var high23 = Avx512F.UnpackHigh(row2, row3).AsDouble();
        column0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        column1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        column2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        column3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Quarter q of the four operands, one after the other, is row 4 q of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* destination, nint stride)
    {
        var ab01 = Avx512F.Shuffle4x128(a, b, 0b_01_00_01_00); // a0 a1 b0 b1
        var ab23 = Avx512F.Shuffle4x128(a, b, 0b_11_10_11_10);
        var cd01 = Avx512F.Shuffle4x128(c, d, 0b_01_00_01_00);
        var cd23 = Avx512F.Shuffle4x128(c, d, 0b_11_10_11_10);
        Avx512F.Shuffle4x128(ab01, cd01, 0b_10_00_10_00).Store(destination); // a0 b0 c0 d0
        Avx512F.Shuffle4x128(ab01, cd01, 0b_11_01_11_01).Store(destination + 4 * stride);
        Avx512F.Shuffle4x128(ab23, cd23, 0b_10_00_10_00).Store(destination + 8 * stride);
        Avx512F.Shuffle4x128(ab23, cd23, 0b_11_01_11_01).Store(destination + 12 * stride);
    }
}
