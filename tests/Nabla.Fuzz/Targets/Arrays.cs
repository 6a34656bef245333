using System.Runtime.InteropServices;

namespace Nabla.Fuzz;

/// <summary>Arrays of numbers, for samples and comparisons.</summary>
internal static class Arrays
{
    /// <summary>Small arrays of all types and several shapes.</summary>
    public static NumericArray[] Samples { get; } =
    [
        NumericArray.Create<bool>([true, false, true], 3), NumericArray.Create<sbyte>([-1, 2], 2), NumericArray.Create<byte>([1, 2, 3, 4],
            2, 2),
        NumericArray.Create<short>([-3, 4, 5], 3, 1), NumericArray.Create<ushort>([1, 65535], 2), NumericArray.Create<int>([7]),
        NumericArray.Create<uint>([7, 8], 1, 2), NumericArray.Create<long>([long.MinValue], 1),
            NumericArray.Create<ulong>([ulong.MaxValue], 1),
        NumericArray.Create<Half>([(Half)1.5, Half.NaN], 2), NumericArray.Create<float>([1, 2, 3, 4, 5, 6], 2, 3),
        NumericArray.Create<double>([1, double.NaN, double.NegativeInfinity, -0.0], 4), NumericArray.Create<float>([], 0, 3),
        NumericArray.Create<byte>(new byte[600], 20, 30),
    ];

    /// <summary>What differs between two arrays, bit for bit; null if nothing does.</summary>
    public static string? WhyDifferent(NumericArray a, NumericArray b) =>
        a.ElementType != b.ElementType || !a.Shape.SequenceEqual(b.Shape) ? $"is {a}, and then {b}"
        : !a.RawBytes.SequenceEqual(b.RawBytes) ? "has other bytes when it is read again"
        : null;

    /// <summary>An array in the bytes of its type in another order: big-endian, or first index fastest for matrices.</summary>
    public static byte[] InOrder(NumericArray array, bool isBigEndian, bool isFortran)
    {
        int size = ElementTypes.SizeOf(array.ElementType);
        byte[] bytes = array.RawBytes.ToArray();
        if (isFortran && array.Shape is [int rows, int columns])
        {
            for (int i = 0; i < rows * columns; i++)
                array.RawBytes.Slice((i % rows * columns + i / rows) * size, size).CopyTo(bytes.AsSpan(i * size));
        }
        if (isBigEndian)
        {
            foreach (int start in Enumerable.Range(0, bytes.Length / size))
                bytes.AsSpan(start * size, size).Reverse();
        }
        return bytes;
    }

    /// <summary>A file as NpyWriter writes it.</summary>
    public static byte[] ToNpy(NumericArray array)
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, array);
        return stream.ToArray();
    }

    public static bool SameBits(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));
}
