using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// An array of numbers of any rank, read from a file: values in C order (last index fastest), in this machine's byte order. Immutable.
/// </summary>
public sealed class NumericArray : IExampleArray
{
    private const int PartLength = 1 << 12;
    private const double TwoTo63 = 9223372036854775808.0; // the first number that is too large for a long

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

    /// <summary>
    /// Converts some elements to double precision. All at once (<see cref="ToDoubles()"/>) take up to eight times their memory.
    /// </summary>
    /// <param name="start">Index of the first element, in C order.</param>
    /// <param name="destination">Receives as many elements as it has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many elements from there on.</exception>
    public void CopyTo(int start, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, Length - start);
        Convert(start, destination);
    }

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
        if (IsInteger || ElementType == ElementType.Boolean)
            return -1;
        var part = new double[Math.Min(Length, PartLength)];
        for (int start = 0; start < Length; start += PartLength)
        {
            var values = part.AsSpan(0, Math.Min(PartLength, Length - start));
            Convert(start, values);
            for (int i = 0; i < values.Length; i++)
            {
                if (!double.IsInteger(values[i]) || values[i] is < -TwoTo63 or >= TwoTo63)
                    return start + i;
            }
        }
        return -1;
    }

    /// <summary>One element as text, for messages.</summary>
    internal string ElementAsText(int index)
    {
        if (ElementType == ElementType.UInt64)
            return FormattableString.Invariant($"{MemoryMarshal.Cast<byte, ulong>(data)[index]}");
        Span<double> value = stackalloc double[1];
        Convert(index, value);
        return FormattableString.Invariant($"{value[0]}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ElementType} [{string.Join(", ", shape)}]";

    private TTo[] Convert<TTo>()
        where TTo : unmanaged, INumberBase<TTo>
    {
        var converted = new TTo[Length];
        Convert<TTo>(0, converted);
        return converted;
    }

    /// <summary>Converts some elements, as <see cref="CopyTo"/> does.</summary>
    internal void Convert<TTo>(int start, Span<TTo> destination)
        where TTo : unmanaged, INumberBase<TTo>
    {
        int size = ElementTypes.SizeOf(ElementType);
        ElementConversion.Convert(ElementType, data.AsSpan(start * size, destination.Length * size), destination);
    }
}
