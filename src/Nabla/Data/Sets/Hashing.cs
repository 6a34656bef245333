using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nabla;

/// <summary>Digests of arrays that may have more bytes than fit a span.</summary>
internal static class Hashing
{
    private const int Stretch = 1 << 20;

    /// <summary>SHA-256 of what is appended: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static string Digest(Action<IncrementalHash> append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        append(hash);
        return "sha256:" + Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Appends the bytes of some values, in this machine's byte order.</summary>
    public static void Append<T>(this IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        for (int start = 0; start < values.Length; start += Stretch)
            hash.AppendData(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(Stretch, values.Length - start))));
    }
}
