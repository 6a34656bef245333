using System.Runtime.InteropServices;

namespace Nabla.Tests.Shared;

/// <summary>Where an operand stands: flush with the page before it or with the page behind it, neither of which can be accessed.</summary>
internal enum Edge
{
    Start,
    End,
}

/// <summary>Memory between two pages that cannot be accessed: an access beyond its first or last byte ends the process.</summary>
/// <remarks>It is kept until the process ends. Linux alone.</remarks>
internal sealed unsafe partial class GuardedMemory
{
    private const int NoAccess = 0, ReadAndWrite = 3, PrivateAnonymous = 0x22;

    private readonly byte* first; // of the bytes

    /// <param name="bytes">At least so many bytes.</param>
    public GuardedMemory(int bytes)
    {
        nint page = Environment.SystemPageSize;
        Bytes = (int)((bytes + page - 1) / page * page);
        byte* start = (byte*)Map(null, Bytes + 2 * page, ReadAndWrite, PrivateAnonymous, -1, 0);
        if (start == (byte*)-1)
            throw new InvalidOperationException($"mmap failed: {Marshal.GetLastPInvokeErrorMessage()}");
        Protect(start);
        first = start + page;
        Protect(first + Bytes);
    }

    /// <summary>Bytes between the two pages.</summary>
    public int Bytes { get; }

    /// <summary>The first or the last elements.</summary>
    public Span<T> Span<T>(int length, Edge edge)
        where T : unmanaged
    {
        int bytes = checked(length * sizeof(T));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Bytes);
        return new Span<T>(edge == Edge.Start ? first : first + Bytes - bytes, length);
    }

    private static void Protect(byte* page)
    {
        if (SetProtection(page, Environment.SystemPageSize, NoAccess) != 0)
            throw new InvalidOperationException($"mprotect failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(void* address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int SetProtection(void* address, nint length, int protection);
}
