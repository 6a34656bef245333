using System.Buffers.Binary;

namespace Nabla.Tests;

/// <summary>
/// Rewrites the directory of a zip archive with one member so that all its numbers stand in zip64 fields, as those of a huge archive do.
/// </summary>
internal static class Zip64
{
    public static byte[] Widen(byte[] file)
    {
        int start = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        int end = file.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        var entry = file[start..end];
        byte[] extra = [1, 0, 24, 0, .. Wide(Narrow(entry, 24)), .. Wide(Narrow(entry, 20)), .. Wide(Narrow(entry, 42))];
        foreach (int field in (int[])[20, 24, 42])
            entry.AsSpan(field, 4).Fill(0xff);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(30), (ushort)extra.Length);
        byte[] directory = [.. entry, .. extra];

        byte[] zip64 = [.. "PK\u0006\u0006"u8, .. Wide(44), 45, 0, 45, 0, .. new byte[8], .. Wide(1), .. Wide(1), .. Wide(directory.Length),
            .. Wide(start)];
        byte[] locator = [.. "PK\u0006\u0007"u8, .. new byte[4], .. Wide(start + directory.Length), 1, 0, 0, 0];
        byte[] ones = [0xff, 0xff, 0xff, 0xff];
        return [.. file[..start], .. directory, .. zip64, .. locator, .. "PK\u0005\u0006"u8, .. new byte[4], .. ones, .. ones, .. ones, 0,
            0];
    }

    private static uint Narrow(byte[] entry, int field) => BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(field));

    private static byte[] Wide(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
