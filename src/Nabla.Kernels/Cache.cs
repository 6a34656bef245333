using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Hints to the cache. Where an instruction for them is missing from the base library (ARM), nothing happens.</summary>
internal static unsafe class Cache
{
    /// <summary>Bytes in a cache line.</summary>
    public const int LineBytes = 64;

    /// <summary>Floats in a cache line.</summary>
    public const int LineLength = LineBytes / sizeof(float);

    /// <summary>Asks for the line at an address, which need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Asks for all lines of some bytes.</summary>
    public static void Prefetch(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint i = 0; i < bytes.Length; i += LineBytes)
                Prefetch((float*)(start + i));
        }
    }

    /// <summary>The same, but not into the first level, where it would push out what is in use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchToSecondLevel(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
