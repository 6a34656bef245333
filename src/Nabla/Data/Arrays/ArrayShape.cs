using Nabla.Kernels;

namespace Nabla;

/// <summary>Counts the elements of a shape without overflow, whatever a file claims.</summary>
internal static class ArrayShape
{
    /// <summary>The largest number of dimensions, as in NumPy 1. Arrays with more are rejected.</summary>
    public const int MaxRank = 32;

    /// <summary>The product of the sizes, or -1 if a size is negative or an array cannot hold so many elements.</summary>
    /// <param name="shape">Any sizes, as claimed by a file or a caller.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    public static int CountOf(ReadOnlySpan<int> shape, int elementSize = 1) =>
        !shape.ContainsAnyInRange(int.MinValue, -1) && BufferSize.TryElements(shape, elementSize, out int count) ? count : -1;

    /// <summary>Bytes of an array of that shape.</summary>
    /// <param name="shape">Any sizes, as claimed by a file.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    /// <param name="location">The file, for the message.</param>
    /// <param name="offset">Position of the shape in the file.</param>
    /// <exception cref="InvalidInputException">It does not fit an array.</exception>
    public static int BytesOf(ReadOnlySpan<int> shape, int elementSize, FileLocation location, long offset)
    {
        int count = CountOf(shape, elementSize);
        return count >= 0
            ? count * elementSize
            : throw location.Error(
                offset,
                $"the shape [{string.Join(", ", shape.ToArray())}] needs more than 2 GB, the limit of one array",
                "Read the inputs of training data from disk (--on-disk on the command line), or save them with a smaller type, such as "
                    + "uint8 or float32.");
    }

    /// <summary>Bytes of an array of that shape in a file, however many they are.</summary>
    /// <param name="shape">Sizes of at least 0, as claimed by a file.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    /// <returns>The product; <see cref="long.MaxValue"/>, which no file has, if it is larger.</returns>
    public static long BytesOnDisk(ReadOnlySpan<int> shape, int elementSize)
    {
        if (shape.Contains(0))
            return 0;
        Int128 bytes = elementSize;
        foreach (int size in shape)
            bytes = Int128.Min(bytes * size, long.MaxValue);
        return (long)bytes;
    }
}
