using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Converts the bytes of an array to this machine's byte order and to C order.</summary>
internal static class ArrayLayout
{
    /// <summary>Reverses the bytes of each element if the file's byte order is not this machine's.</summary>
    public static void ToNativeOrder(Span<byte> data, int elementSize, bool isLittleEndian)
    {
        if (isLittleEndian == BitConverter.IsLittleEndian)
            return;
        switch (elementSize)
        {
            case 2: Reverse(MemoryMarshal.Cast<byte, ushort>(data)); break;
            case 4: Reverse(MemoryMarshal.Cast<byte, uint>(data)); break;
            case 8: Reverse(MemoryMarshal.Cast<byte, ulong>(data)); break;
        }
    }

    /// <summary>A copy in C order (last index fastest) of data in Fortran order (first index fastest).</summary>
    public static byte[] FromFortranOrder(byte[] data, int elementSize, ReadOnlySpan<int> shape)
    {
        if (shape.Length < 2 || data.Length == 0)
            return data;
        var ordered = new byte[data.Length];
        switch (elementSize)
        {
            case 1: Reorder<byte>(data, ordered, shape); break;
            case 2: Reorder<ushort>(data, ordered, shape); break;
            case 4: Reorder<uint>(data, ordered, shape); break;
            default: Reorder<ulong>(data, ordered, shape); break;
        }
        return ordered;
    }

    private static void Reverse(Span<ushort> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Reverse(Span<uint> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Reverse(Span<ulong> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void Reorder<T>(ReadOnlySpan<byte> fortran, Span<byte> c, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var source = MemoryMarshal.Cast<byte, T>(fortran);
        var target = MemoryMarshal.Cast<byte, T>(c);
        Span<int> index = stackalloc int[shape.Length];
        Span<int> strides = stackalloc int[shape.Length]; // steps in the source, one for each dimension
        strides[0] = 1;
        for (int d = 1; d < shape.Length; d++)
            strides[d] = strides[d - 1] * shape[d - 1];
        index.Clear();
        int from = 0;
        for (int to = 0; to < target.Length; to++)
        {
            target[to] = source[from];
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < shape[d])
                    break;
                from -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
    }
}
