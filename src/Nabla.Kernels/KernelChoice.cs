using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>How many floats the kernels process at a time. Every width gives the same bits; only the time differs.</summary>
public enum KernelWidth
{
    /// <summary>One float at a time; needs no vector hardware.</summary>
    Scalar = 1,

    /// <summary>Four lanes: NEON, or SSE-sized vectors where FMA exists.</summary>
    Vector128 = 4,

    /// <summary>Eight lanes: AVX2 with FMA.</summary>
    Vector256 = 8,

    /// <summary>Sixteen lanes: AVX-512.</summary>
    Vector512 = 16,
}

/// <summary>
/// Chooses the vector width: the only place where the library asks the processor what it supports. Safe for use by several threads.
/// </summary>
public static class KernelChoice
{
    /// <summary>Name of the environment variable that forces a width: scalar, vector128, vector256 or vector512.</summary>
    public const string EnvironmentVariable = "NABLA_KERNELS";

    /// <summary>The width in use: the widest that the processor has, or the one that <see cref="EnvironmentVariable"/> asks for.</summary>
    public static KernelWidth Width { get; } = Choose(Environment.GetEnvironmentVariable(EnvironmentVariable));

    /// <summary>Whether this processor can run the kernels of a width.</summary>
    /// <param name="width">The width.</param>
    public static bool IsSupported(KernelWidth width) => width switch
    {
        KernelWidth.Scalar => true,
        // Without fused multiply-add in hardware, a vector would have to emulate it lane by lane, which is no faster than scalar code.
        KernelWidth.Vector128 => Fma.IsSupported || AdvSimd.IsSupported,
        KernelWidth.Vector256 => Vector256.IsHardwareAccelerated && Fma.IsSupported,
        // IsHardwareAccelerated is also false where 512-bit vectors lower the clock, or where DOTNET_PreferredVectorBitWidth is 256.
        KernelWidth.Vector512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported,
        _ => false,
    };

    internal static KernelWidth Choose(string? wanted)
    {
        KernelWidth[] widestFirst = [KernelWidth.Vector512, KernelWidth.Vector256, KernelWidth.Vector128, KernelWidth.Scalar];
        if (string.IsNullOrEmpty(wanted))
            return widestFirst.First(IsSupported);
        // An unknown name is an error: otherwise a test of one width could silently test another.
        string? name = Array.Find(Enum.GetNames<KernelWidth>(), name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            throw new PlatformNotSupportedException(
                $"{EnvironmentVariable}={wanted} is not a vector width. Use scalar, vector128, vector256 or vector512.");
        }
        var width = Enum.Parse<KernelWidth>(name);
        return IsSupported(width)
            ? width
            : throw new PlatformNotSupportedException(
                $"{EnvironmentVariable}={wanted}: this processor does not support vectors of this width with fused multiply-add.");
    }
}
