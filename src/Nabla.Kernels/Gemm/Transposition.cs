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

    /// <summary>destination[j, i] = source[i, j], for two blocks at once.</summary>
    /// <param name="first">[4, 4], rows <paramref name="sourceStride"/> apart.</param>
    /// <param name="second">Another.</param>
    /// <param name="sourceStride">Elements from row to row.</param>
    /// <param name="firstResult">[4, 4], rows <paramref name="resultStride"/> apart; may overlap the other.</param>
    /// <param name="secondResult">The other, written last.</param>
    /// <param name="resultStride">Elements from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TwiceFourByFour(
        float* first, float* second, nint sourceStride, float* firstResult, float* secondResult, nint resultStride)
    {
        if (!Avx.IsSupported)
        {
            FourByFour(first, sourceStride, firstResult, resultStride);
            FourByFour(second, sourceStride, secondResult, resultStride);
            return;
        }
        var row0 = Pair(first, second);
        var row1 = Pair(first + sourceStride, second + sourceStride);
        var row2 = Pair(first + 2 * sourceStride, second + 2 * sourceStride);
        var row3 = Pair(first + 3 * sourceStride, second + 3 * sourceStride);
        var low01 = Avx.UnpackLow(row0, row1).AsDouble();
        var low23 = Avx.UnpackLow(row2, row3).AsDouble();
        var high01 = Avx.UnpackHigh(row0, row1).AsDouble();
        var high23 = Avx.UnpackHigh(row2, row3).AsDouble();
        Store(Avx.UnpackLow(low01, low23), firstResult, secondResult);
        Store(Avx.UnpackHigh(low01, low23), firstResult + resultStride, secondResult + resultStride);
        Store(Avx.UnpackLow(high01, high23), firstResult + 2 * resultStride, secondResult + 2 * resultStride);
        Store(Avx.UnpackHigh(high01, high23), firstResult + 3 * resultStride, secondResult + 3 * resultStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* lower, float* upper) => Vector256.Create(Vector128.Load(lower), Vector128.Load(upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<double> row, float* lower, float* upper)
    {
        row.GetLower().AsSingle().Store(lower);
        row.GetUpper().AsSingle().Store(upper);
    }

    /// <summary>destination[j, i] = source[i, j].</summary>
    /// <param name="source">[4, 4], rows <paramref name="sourceStride"/> apart.</param>
    /// <param name="sourceStride">Elements from row to row.</param>
    /// <param name="destination">[4, 4], rows <paramref name="destinationStride"/> apart.</param>
    /// <param name="destinationStride">Elements from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(float* source, nint sourceStride, float* destination, nint destinationStride)
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
}
