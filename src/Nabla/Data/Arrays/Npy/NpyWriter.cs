using System.Buffers.Binary;
using System.Text;

namespace Nabla;

/// <summary>Writes NumPy's .npy arrays: version 1, C order, little-endian, with the same bytes as numpy.save. Thread-safe.</summary>
public static class NpyWriter
{
    private const int Alignment = 64;
    private const int RoomToGrow = 21; // NumPy leaves room for a larger first dimension

    /// <summary>Writes a file, atomically.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, NumericArray array) => AtomicFile.Write(path, stream => Write(stream, array));

    /// <summary>Writes an array to a stream.</summary>
    public static void Write(Stream stream, NumericArray array)
    {
        stream.Write(Header(array));
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(array.RawBytes);
            return;
        }
        var swapped = array.RawBytes.ToArray();
        ArrayLayout.ToNativeOrder(swapped, ElementTypes.SizeOf(array.ElementType), isLittleEndian: true);
        stream.Write(swapped);
    }

    private static byte[] Header(NumericArray array)
    {
        string shape = array.Shape.Count == 1 ? $"({array.Shape[0]},)" : $"({string.Join(", ", array.Shape)})";
        string dictionary = $"{{'descr': '{CodeOf(array.ElementType)}', 'fortran_order': False, 'shape': {shape}, }}";
        int growth = array.Shape.Count > 0 ? RoomToGrow - $"{array.Shape[0]}".Length : 0;
        int length = 10 + dictionary.Length + growth + 1;
        int padding = Alignment - (length % Alignment);
        var header = new byte[length + padding];
        header.AsSpan().Fill((byte)' ');
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(header.Length - 10));
        Encoding.ASCII.GetBytes(dictionary, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    private static string CodeOf(ElementType type) => type switch
    {
        ElementType.Boolean => "|b1",
        ElementType.Int8 => "|i1",
        ElementType.UInt8 => "|u1",
        ElementType.Int16 => "<i2",
        ElementType.UInt16 => "<u2",
        ElementType.Int32 => "<i4",
        ElementType.UInt32 => "<u4",
        ElementType.Int64 => "<i8",
        ElementType.UInt64 => "<u8",
        ElementType.Float16 => "<f2",
        ElementType.Float32 => "<f4",
        _ => "<f8",
    };
}
