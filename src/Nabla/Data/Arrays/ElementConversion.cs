using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Converts elements of any type to one type of numbers.</summary>
internal static class ElementConversion
{
    /// <summary>Converts elements, rounded to nearest where they do not fit exactly.</summary>
    /// <param name="type">The type of the elements.</param>
    /// <param name="elements">Their bytes, in this machine's byte order: as many elements as the destination has.</param>
    /// <param name="destination">Receives the numbers.</param>
    public static void Convert<TTo>(ElementType type, ReadOnlySpan<byte> elements, Span<TTo> destination)
        where TTo : unmanaged, INumberBase<TTo>
    {
        switch (type)
        {
            case ElementType.Boolean or ElementType.UInt8:
                Convert<byte, TTo>(elements, destination);
                break;
            case ElementType.Int8:
                Convert<sbyte, TTo>(elements, destination);
                break;
            case ElementType.Int16:
                Convert<short, TTo>(elements, destination);
                break;
            case ElementType.UInt16:
                Convert<ushort, TTo>(elements, destination);
                break;
            case ElementType.Int32:
                Convert<int, TTo>(elements, destination);
                break;
            case ElementType.UInt32:
                Convert<uint, TTo>(elements, destination);
                break;
            case ElementType.Int64:
                Convert<long, TTo>(elements, destination);
                break;
            case ElementType.UInt64:
                Convert<ulong, TTo>(elements, destination);
                break;
            case ElementType.Float16:
                Convert<Half, TTo>(elements, destination);
                break;
            case ElementType.Float32:
                Convert<float, TTo>(elements, destination);
                break;
            default:
                Convert<double, TTo>(elements, destination);
                break;
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> elements, Span<TTo> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        var source = MemoryMarshal.Cast<byte, TFrom>(elements)[..destination.Length];
        for (int i = 0; i < source.Length; i++)
            destination[i] = TTo.CreateTruncating(source[i]);
    }
}
