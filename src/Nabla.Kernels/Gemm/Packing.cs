namespace Nabla.Kernels;

/// <summary>Copies blocks of the operands into the order in which the micro-kernel reads them; what a block lacks to a whole tile is zero.</summary>
internal static unsafe class Packing
{
    /// <summary>Packs a block of strips: element (line, k) of strip s goes to <c>packed[s, k, line - s * width]</c>.</summary>
    /// <param name="source">First element of the block.</param>
    /// <param name="lineStride">Distance between lines: rows of the left operand, columns of the right one.</param>
    /// <param name="depthStride">Distance between successive k.</param>
    /// <param name="lines">Lines in the block.</param>
    /// <param name="depth">Successive k in the block.</param>
    /// <param name="width">Lines in one strip.</param>
    /// <param name="packed">[strips, depth, width].</param>
    public static void Pack(float* source, int lineStride, int depthStride, int lines, int depth, int width, float* packed)
    {
        for (int start = 0; start < lines; start += width)
        {
            int present = Math.Min(width, lines - start);
            float* first = source + (long)start * lineStride;
            if (present < width)
                new Span<float>(packed, depth * width).Clear();
            if (lineStride == 1)
                CopyRows(first, depthStride, present, depth, width, packed);
            else
                Transpose(first, lineStride, depthStride, present, depth, width, packed);
            packed += depth * width;
        }
    }

    private static void CopyRows(float* source, int depthStride, int present, int depth, int width, float* packed)
    {
        for (int k = 0; k < depth; k++)
            new ReadOnlySpan<float>(source + (long)k * depthStride, present).CopyTo(new Span<float>(packed + k * width, present));
    }

    private static void Transpose(float* source, int lineStride, int depthStride, int present, int depth, int width, float* packed)
    {
        for (int line = 0; line < present; line++)
        {
            float* from = source + (long)line * lineStride;
            float* to = packed + line;
            for (int k = 0; k < depth; k++)
                to[k * width] = from[(long)k * depthStride];
        }
    }
}
