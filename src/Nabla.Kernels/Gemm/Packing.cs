using System.Diagnostics;
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
        if (lineStride != 1)
            Transpose(source, lineStride, depthStride, lines, depth, width, packed);
        else if (lines > 2 * Vector256<float>.Count)
            CopyRows<Lanes512, Vector512<float>>(source, depthStride, lines, depth, width, packed);
        else if (lines > 2 * Vector128<float>.Count)
            CopyRows<Lanes256, Vector256<float>>(source, depthStride, lines, depth, width, packed);
        else if (lines >= Vector128<float>.Count)
            CopyRows<Lanes128, Vector128<float>>(source, depthStride, lines, depth, width, packed);
        else
            CopyElements(source, lineStride, depthStride, lines, 0, depth, width, packed);
    }

    /// <summary>Copies adjacent lines, one to two vectors of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<L, V>(float* source, nint depthStride, int lines, int depth, int width, float* packed)
        where L : struct, ILanes<V>
        where V : unmanaged
    {
        // Two vectors, which may overlap. Where the processor has none of this width, the compiler makes two of each.
        Debug.Assert(lines >= L.Count && lines <= 2 * L.Count, "Two vectors are not enough, or too much.");
        nint second = lines - L.Count, ahead = RowsAhead * depthStride;
        for (int k = 0; k < depth; k++)
        {
            Cache.Prefetch(source + ahead);
            Cache.Prefetch(source + ahead + second);
            V low = L.Load(ref *source, 0), high = L.Load(ref source[second], 0);
            L.Store(low, ref *packed, 0);
            L.Store(high, ref packed[second], 0);
            source += depthStride;
            packed += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* source, nint lineStride, nint depthStride, int lines, int depth, int width, float* packed)
    {
        int whole = depthStride == 1 && lines >= 4 && Transposition.IsSupported ? depth & ~3 : 0;
        for (int line = 0; line < lines && whole > 0; line += 8)
        {
            // Two groups of four lines; the last may overlap those before.
            int first = Math.Min(line, lines - 4), second = Math.Min(line + 4, lines - 4);
            FoursOfLines(
                source + first * lineStride, source + second * lineStride, lineStride, whole, width, packed + first, packed + second);
        }
        CopyElements(source, lineStride, depthStride, lines, whole, depth, width, packed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FoursOfLines(
        float* first, float* second, nint lineStride, int depth, nint width, float* packedFirst, float* packedSecond)
    {
        nint ahead = width * lineStride;
        for (int k = 0; k < depth; k += 4)
        {
            // The next strip to be packed follows this one: one of four lines in each iteration, 16 floats each.
            nint line = ahead + (k >> 2 & 3) * lineStride;
            Cache.Prefetch(first + line);
            Cache.Prefetch(second + line);
            Transposition.TwiceFourByFour(first, second, lineStride, packedFirst, packedSecond, width);
            first += 4;
            second += 4;
            packedFirst += 4 * width;
            packedSecond += 4 * width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyElements(
        float* source, nint lineStride, nint depthStride, int lines, int firstDepth, int depth, int width, float* packed)
    {
        for (int line = 0; line < lines; line++)
        {
            float* from = source + line * lineStride;
            for (int k = firstDepth; k < depth; k++)
                packed[k * width + line] = from[k * depthStride];
        }
    }
}
