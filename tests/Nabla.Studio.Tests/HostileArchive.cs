using System.Buffers.Binary;
using System.Text;

namespace Nabla.Studio.Tests;

/// <summary>A zip archive whose directory lies about the lengths of its members.</summary>
internal static class HostileArchive
{
    /// <summary>Two members that claim to have 2^62 bytes each: more than a 64-bit number holds with sign, together with a third.</summary>
    /// <returns>The bytes as Latin-1.</returns>
    public static string WithEndlessMembers()
    {
        var archive = new List<byte>();
        var directory = new List<byte>();
        foreach (string name in new[] { "a.npy", "b.npy", "c.npy" })
        {
            byte[] text = Encoding.ASCII.GetBytes(name);
            int offset = archive.Count;
            archive.AddRange([.. "PK\x03\x04"u8, 45, 0, 0, 0, 0, 0, .. new byte[8], .. new byte[12], (byte)text.Length, 0, 0, 0, .. text]);
            byte[] extra = new byte[20];
            BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), 16);
            BinaryPrimitives.WriteInt64LittleEndian(extra.AsSpan(4), 1L << 62);
            byte[] start = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(start, offset);
            directory.AddRange([
                .. "PK\x01\x02"u8, 45, 0, 45, 0, 0, 0, 0, 0, .. new byte[8],
                255, 255, 255, 255, 255, 255, 255, 255, (byte)text.Length, 0, 20, 0,
                .. new byte[10], .. start, .. text, .. extra]);
        }
        byte[] end = new byte[22];
        "PK\x05\x06"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), 3);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), directory.Count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), archive.Count);
        return Encoding.Latin1.GetString([.. archive, .. directory, .. end]);
    }
}
