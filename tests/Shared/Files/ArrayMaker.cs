using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Tests.Shared;

/// <summary>Puts files of arrays together, right or wrong: npy, IDX and safetensors.</summary>
internal static class ArrayMaker
{
    /// <summary>A .npy file with a header of any text.</summary>
    /// <param name="header">The dictionary.</param>
    /// <param name="data">What follows it.</param>
    /// <param name="version">1, 2 or 3.</param>
    /// <param name="claimed">The length of the header that the file claims; null for the right one.</param>
    public static byte[] Npy(string header, byte[] data, int version = 1, uint? claimed = null)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        var length = new byte[version == 1 ? 2 : 4];
        uint value = claimed ?? (uint)text.Length;
        for (int i = 0; i < length.Length; i++)
            length[i] = (byte)(value >> (8 * i));
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    /// <summary>The header that numpy.save writes, without its padding.</summary>
    public static string NpyHeader(string type, string shape, bool fortran = false) =>
        $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}\n";

    /// <summary>An IDX file.</summary>
    /// <param name="type">0x08 to 0x0E.</param>
    /// <param name="shape">The size of each dimension.</param>
    /// <param name="data">The elements, big-endian.</param>
    public static byte[] Idx(byte type, IReadOnlyList<int> shape, ReadOnlySpan<byte> data)
    {
        var file = new byte[4 + 4 * shape.Count + data.Length];
        (file[2], file[3]) = (type, (byte)shape.Count);
        for (int i = 0; i < shape.Count; i++)
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), shape[i]);
        data.CopyTo(file.AsSpan(4 + 4 * shape.Count));
        return file;
    }

    /// <summary>A safetensors file with a header of any text.</summary>
    /// <param name="header">The JSON text.</param>
    /// <param name="data">The tensors.</param>
    /// <param name="claimed">The length of the header that the file claims; null for the right one.</param>
    public static byte[] Safetensors(byte[] header, byte[] data, ulong? claimed = null)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, claimed ?? (ulong)header.Length);
        return [.. length, .. header, .. data];
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }
}
