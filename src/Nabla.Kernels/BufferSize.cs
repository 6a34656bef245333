using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Nabla.Kernels;

/// <summary>Sizes of buffers, computed without overflow.</summary>
/// <remarks>A buffer holds at most <see cref="Array.MaxLength"/> bytes, so that it can be cast to a span of bytes.</remarks>
internal static class BufferSize
{
    /// <summary>The most elements that a buffer can hold.</summary>
    /// <param name="bytesOfElement">Bytes of one element, at least 1.</param>
    public static int MaximumElements(int bytesOfElement) => Array.MaxLength / bytesOfElement;

    /// <summary>The product of some sizes, if a buffer can hold that many elements.</summary>
    /// <param name="shape">Sizes, each 0 or more.</param>
    /// <param name="bytesOfElement">Bytes of one element, at least 1.</param>
    /// <param name="elements">Their product; 0 if the method returns false.</param>
    /// <returns>False if the buffer would be too large.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static bool TryElements(ReadOnlySpan<int> shape, int bytesOfElement, out int elements)
    {
        elements = 0;
        bool isEmpty = false;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            isEmpty |= size == 0;
        }
        if (isEmpty)
            return true;
        int maximum = MaximumElements(bytesOfElement);
        long product = 1;
        foreach (int size in shape)
        {
            product *= size; // at most 2^31 times 2^31
            if (product > maximum)
                return false;
        }
        elements = (int)product;
        return true;
    }

    /// <summary>The product of some sizes, which a buffer must be able to hold.</summary>
    /// <param name="what">What the buffer is for, as the error message says it: "The packed weights".</param>
    /// <param name="bytesOfElement">Bytes of one element, at least 1.</param>
    /// <param name="shape">Sizes, each 0 or more.</param>
    /// <exception cref="ArgumentException">The buffer would be too large, or a size is negative.</exception>
    public static int Elements(string what, int bytesOfElement, params ReadOnlySpan<int> shape)
    {
        if (!TryElements(shape, bytesOfElement, out int elements))
            ThrowTooLarge(what, bytesOfElement, string.Join(", ", shape.ToArray()), Product(shape));
        return elements;
    }

    /// <summary>A length that was computed in 64 bits, which a buffer must be able to hold.</summary>
    /// <param name="what">What the buffer is for, as the error message says it: "The packed weights".</param>
    /// <param name="bytesOfElement">Bytes of one element, at least 1.</param>
    /// <param name="length">Elements, 0 or more.</param>
    /// <exception cref="ArgumentException">The buffer would be too large, or the length is negative.</exception>
    public static int ElementsOfLength(string what, int bytesOfElement, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > MaximumElements(bytesOfElement))
            ThrowTooLarge(what, bytesOfElement, $"{length}", length);
        return (int)length;
    }

    private static BigInteger Product(ReadOnlySpan<int> shape)
    {
        BigInteger product = 1;
        foreach (int size in shape)
            product *= size;
        return product;
    }

    [DoesNotReturn]
    private static void ThrowTooLarge(string what, int bytesOfElement, string shape, BigInteger elements) => throw new ArgumentException(
        $"{what}: [{shape}] elements need {elements * bytesOfElement} bytes, but a buffer holds at most {Array.MaxLength} bytes.");
}
