using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Copies a strip of an operand into the order in which the micro-kernel reads it, padded with zeros to a whole tile.</summary>
internal static unsafe class Packing
{
    private const int RowsAhead = 8;

    /// <summary>Element (line, k) of the source goes to <c>packed[k * width + line]</c>.</summary>
    /// <param name="source">First element of the strip.</param>
    /// <param name="lineStride">Distance between lines: rows of the left operand, columns of the right one.</param>
    /// <param name="depthStride">Distance between successive k.</param>
    /// <param name="lines">Lines that exist.</param>
    /// <param name="depth">Successive k in the strip.</param>
    /// <param name="width">Lines of a whole tile.</param>
    /// <param name="packed">[depth, width].</param>
    public static void PackStrip(float* source, nint lineStride, nint depthStride, int lines, int depth, int width, float* packed)
    {
        if (lines < width)
            new Span<float>(packed, depth * width).Clear();
        if (lineStride == 1)
            CopyRows(source, depthStride, lines, depth, width, packed);
        else
            Transpose(source, lineStride, depthStride, lines, depth, width, packed);
    }

    // Adjacent lines.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(float* source, nint depthStride, int lines, int depth, int width, float* packed)
    {
        for (int k = 0; k < depth; k++)
        {
            float* row = source + k * depthStride;
            for (int ahead = 0; ahead < lines; ahead += Cache.LineLength)
                Cache.Prefetch(row + RowsAhead * depthStride + ahead);
            CopyRow(row, lines, packed + k * width);
        }
    }

    // Inlined, because rows of a few vectors take less time than a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(float* row, int length, float* copy)
    {
        if (Vector512.IsHardwareAccelerated && length >= Vector512<float>.Count)
        {
            for (int i = 0; i < length - Vector512<float>.Count; i += Vector512<float>.Count)
                Vector512.Load(row + i).Store(copy + i);
            // The last sixteen, which may overlap those before.
            Vector512.Load(row + length - Vector512<float>.Count).Store(copy + length - Vector512<float>.Count);
            return;
        }
        new ReadOnlySpan<float>(row, length).CopyTo(new Span<float>(copy, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, nint lineStride, nint depthStride, int lines, int depth, int width, float* packed)
    {
        int wholeLines = 0, wholeDepth = 0;
        if (depthStride == 1 && Transposition.SixteenIsSupported && lines >= 16)
        {
            (wholeLines, wholeDepth) = (lines, depth & ~15);
            // The last sixteen lines may overlap those before.
            for (int line = 0; line < lines; line += 16)
                BySixteens(source, lineStride, Math.Min(line, lines - 16), wholeDepth, width, packed);
        }
        else if (depthStride == 1 && Transposition.IsSupported)
        {
            (wholeLines, wholeDepth) = (lines & ~3, depth & ~3);
            for (int line = 0; line < wholeLines; line += 4)
                ByFours(source, lineStride, line, wholeDepth, width, packed);
        }
        CopyElements(source, lineStride, depthStride, 0, wholeLines, wholeDepth, depth, width, packed);
        CopyElements(source, lineStride, depthStride, wholeLines, lines, 0, depth, width, packed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BySixteens(float* source, nint lineStride, int line, int depth, int width, float* packed)
    {
        for (int k = 0; k < depth; k += 16)
        {
            // The next strip to be packed follows this one.
            for (int ahead = 0; ahead < 16; ahead++)
                Cache.Prefetch(source + (line + width + ahead) * lineStride + k);
            Transposition.Sixteen(source + line * lineStride + k, lineStride, packed + k * width + line, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ByFours(float* source, nint lineStride, int line, int depth, int width, float* packed)
    {
        for (int k = 0; k < depth; k += 4)
        {
            // One of the next four lines in each iteration, 16 floats each.
            Cache.Prefetch(source + (line + width + k / 4 % 4) * lineStride + k);
            Transposition.FourByFour(source + line * lineStride + k, lineStride, packed + k * width + line, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyElements(
        float* source, nint lineStride, nint depthStride, int firstLine, int lines, int firstDepth, int depth, int width, float* packed)
    {
        for (int line = firstLine; line < lines; line++)
        {
            float* from = source + line * lineStride;
            for (int k = firstDepth; k < depth; k++)
                packed[k * width + line] = from[k * depthStride];
        }
    }
}
