using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// An array of numbers of any rank, read from a file: values in C order (last index fastest), in this machine's byte order. Immutable.
/// </summary>
public sealed class NumericArray
{
    private readonly byte[] data; // Length elements of ElementType
    private readonly int[] shape;

    /// <summary>Uses the buffer without copying it. The reader has checked shape and length.</summary>
    internal NumericArray(ElementType elementType, int[] shape, byte[] data)
    {
        ElementType = elementType;
        this.shape = shape;
        this.data = data;
    }

    /// <summary>Creates an array with a copy of the values.</summary>
    /// <typeparam name="T">bool, an integer of 8 to 64 bits, Half, float or double.</typeparam>
    /// <param name="values">In C order.</param>
    /// <param name="shape">Its product is the number of values; empty for a single number.</param>
    /// <exception cref="ArgumentException">The shape does not fit the values, or T is not numeric.</exception>
    public static NumericArray Create<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var elementType = ElementTypes.Of<T>();
        if (ArrayShape.CountOf(shape, ElementTypes.SizeOf(elementType)) != values.Length)
            throw new ArgumentException(
                $"{values.Length} values do not fill the shape [{string.Join(", ", shape.ToArray())}].", nameof(shape));
        return new NumericArray(elementType, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>Size of each dimension, e.g. [60000, 28, 28]; empty for a single number.</summary>
    public IReadOnlyList<int> Shape => shape;

    /// <summary>Number of elements: the product of <see cref="Shape"/>.</summary>
    public int Length => data.Length / ElementTypes.SizeOf(ElementType);

    /// <summary>The bytes of all elements, in C order and this machine's byte order.</summary>
    public ReadOnlySpan<byte> RawBytes => data;

    /// <summary>The buffer itself. Callers in this library must not write to it.</summary>
    internal byte[] Buffer => data;

    /// <summary>Whether floats hold all values of the element type.</summary>
    internal bool FitsFloats => ElementType is not
        (ElementType.Float64 or ElementType.Int32 or ElementType.UInt32 or ElementType.Int64 or ElementType.UInt64);

    /// <summary>Whether the element type is an integer type.</summary>
    private bool IsInteger => ElementType is not (ElementType.Boolean or ElementType.Float16 or ElementType.Float32 or ElementType.Float64);

    /// <summary>A copy of the elements of a byte or boolean array (false 0, true 1).</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public byte[] ToBytes() => ElementType is ElementType.UInt8 or ElementType.Boolean
        ? [.. data]
        : throw new InvalidOperationException($"An array of {ElementType} does not hold bytes.");

    /// <summary>The elements in single precision, rounded to nearest where they do not fit exactly.</summary>
    public float[] ToFloats() => Convert<float>();

    /// <summary>The elements in double precision; 64-bit integers are rounded where they do not fit exactly.</summary>
    public double[] ToDoubles() => Convert<double>();

    /// <summary>The elements as integers. Floats must be whole numbers.</summary>
    /// <exception cref="InvalidInputException">An element is not a whole number, or outside the range of <see cref="long"/>.</exception>
    public long[] ToInt64s()
    {
        int wrong = IndexOfNonInteger();
        return wrong < 0 ? Convert<long>() : throw new InvalidInputException(
            "cannot convert an array to integers", $"element {wrong}", $"{ElementAsText(wrong)} is not a 64-bit integer",
            "Save it with an integer type.");
    }

    /// <summary>Index of the first element that <see cref="ToInt64s"/> cannot convert, or -1.</summary>
    internal int IndexOfNonInteger()
    {
        if (ElementType == ElementType.UInt64)
            return MemoryMarshal.Cast<byte, ulong>(data).IndexOfAnyInRange((ulong)long.MaxValue + 1, ulong.MaxValue);
        return IsInteger || ElementType == ElementType.Boolean
            ? -1
            : Array.FindIndex(ToDoubles(), x => !double.IsInteger(x) || Math.Abs(x) >= 9223372036854775808.0);
    }

    /// <summary>One element as text, for messages.</summary>
    internal string ElementAsText(int index) => ElementType == ElementType.UInt64
        ? FormattableString.Invariant($"{MemoryMarshal.Cast<byte, ulong>(data)[index]}")
        : FormattableString.Invariant($"{ToDoubles()[index]}");

    /// <inheritdoc/>
    public override string ToString() => $"{ElementType} [{string.Join(", ", shape)}]";

    private TTo[] Convert<TTo>()
        where TTo : unmanaged, INumberBase<TTo> => ElementType switch
        {
            ElementType.Boolean or ElementType.UInt8 => Convert<byte, TTo>(data),
            ElementType.Int8 => Convert<sbyte, TTo>(data),
            ElementType.Int16 => Convert<short, TTo>(data),
            ElementType.UInt16 => Convert<ushort, TTo>(data),
            ElementType.Int32 => Convert<int, TTo>(data),
            ElementType.UInt32 => Convert<uint, TTo>(data),
            ElementType.Int64 => Convert<long, TTo>(data),
            ElementType.UInt64 => Convert<ulong, TTo>(data),
            ElementType.Float16 => Convert<Half, TTo>(data),
            ElementType.Float32 => Convert<float, TTo>(data),
            _ => Convert<double, TTo>(data),
        };

    private static TTo[] Convert<TFrom, TTo>(byte[] bytes)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        var source = MemoryMarshal.Cast<byte, TFrom>(bytes);
        var converted = new TTo[source.Length];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = TTo.CreateTruncating(source[i]);
        return converted;
    }
}
