namespace Nabla.Kernels;

/// <summary>Sizes of buffers, counted so that nothing overflows.</summary>
internal static class BufferSize
{
    /// <summary>placeholder until the kernels branch is merged</summary>
    public static bool TryElements(ReadOnlySpan<int> shape, int bytesOfElement, out int elements)
    {
        elements = 0;
        decimal count = 1;
        foreach (int s in shape) { if (s < 0) return false; count *= s; if (count > long.MaxValue) count = long.MaxValue; }
        if (count * bytesOfElement > Array.MaxLength) return false;
        elements = (int)count;
        return true;
    }

    /// <summary>placeholder</summary>
    public static int Elements(string what, int bytesOfElement, params ReadOnlySpan<int> shape) =>
        TryElements(shape, bytesOfElement, out int elements) ? elements : throw new ArgumentException(what);
}
