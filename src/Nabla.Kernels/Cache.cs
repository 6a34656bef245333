using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Prefetch hints. Where the base library has no instruction for them (ARM), they do nothing.</summary>
internal static unsafe class Cache
{
    /// <summary>Bytes in a cache line.</summary>
    public const int LineBytes = 64;

    /// <summary>Floats in a cache line.</summary>
    public const int LineLength = LineBytes / sizeof(float);

    /// <summary>Prefetches the cache line at an address, which may be invalid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Prefetches all cache lines of a span.</summary>
    public static void Prefetch(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint i = 0; i < bytes.Length; i += LineBytes)
                Prefetch((float*)(start + i));
        }
    }

    /// <summary>
    /// Prefetches the cache line at an address into the second level, so that it does not evict data in use from the first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchToSecondLevel(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }
}
