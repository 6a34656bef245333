using Nabla.Kernels;

namespace Nabla;

/// <summary>How many elements a shape has, counted so that no claim of a file overflows.</summary>
internal static class ArrayShape
{
    /// <summary>More dimensions than NumPy 1 allows are refused.</summary>
    public const int MaxRank = 32;

    /// <summary>The product of the sizes, or -1 if a size is negative or an array cannot hold so many elements.</summary>
    /// <param name="shape">Any sizes, as a file or a caller claims them.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    public static int CountOf(ReadOnlySpan<int> shape, int elementSize = 1) =>
        !shape.ContainsAnyInRange(int.MinValue, -1) && BufferSize.TryElements(shape, elementSize, out int count) ? count : -1;

    /// <summary>Bytes of an array of that shape.</summary>
    /// <param name="shape">Any sizes, as a file claims them.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    /// <param name="place">The file, for the message.</param>
    /// <param name="offset">Where in it the shape stands.</param>
    /// <exception cref="InvalidInputException">No array of this runtime can hold it.</exception>
    public static int BytesOf(ReadOnlySpan<int> shape, int elementSize, InputPlace place, long offset)
    {
        int count = CountOf(shape, elementSize);
        return count >= 0
            ? count * elementSize
            : throw place.Error(
                offset,
                $"the shape [{string.Join(", ", shape.ToArray())}] needs more than the 2 GB that one array can hold",
                "Save the data in several files, or with a smaller type such as uint8 or float32.");
    }
}
