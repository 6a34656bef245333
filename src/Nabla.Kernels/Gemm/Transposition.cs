using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Exchanges rows and columns of small blocks in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>Whether this processor can; a property of the processor, like those of <see cref="KernelChoice"/>, that the compiler folds.</summary>
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
}
