using Nabla.Kernels;

namespace Nabla;

/// <summary>An image as floats with zeros around it, from which another is resampled. Buffers for one thread.</summary>
/// <param name="height">Rows of the image.</param>
/// <param name="width">Columns of the image.</param>
internal sealed unsafe class PaddedImage(int height, int width)
{
    // One pixel before the image; two behind it, since a pixel there is read with the one behind it.
    private const int Before = 1, Around = 3;

    private readonly int stride = width + Around;
    private readonly AlignedArray<float> pixels = new((height + (long)Around) * (width + Around)); // [height + 3, width + 3]
    private readonly AlignedArray<float> nothing = new(width);

    /// <summary>Takes an image.</summary>
    /// <param name="image">[height, width].</param>
    public void Load<T, TPixel>(ReadOnlySpan<T> image)
        where T : unmanaged
        where TPixel : struct, IPixel<T>
    {
        for (int y = 0; y < height; y++)
        {
            var source = image.Slice(y * width, width);
            var row = pixels.Span.Slice((y + Before) * stride + Before, width);
            for (int x = 0; x < source.Length; x++)
                row[x] = TPixel.Read(source[x]);
        }
    }

    /// <summary>Computes each pixel from the four around the place where it comes from, by bilinear interpolation.</summary>
    /// <param name="map">Where pixels come from.</param>
    /// <param name="displacements">What is added to that, [height, 2, width]: x and y for each row; empty for nothing.</param>
    /// <param name="result">[height, width].</param>
    public void Resample<T, TPixel>(in AffineMap map, ReadOnlySpan<float> displacements, Span<T> result)
        where T : unmanaged
        where TPixel : struct, IPixel<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, height * width);
        if (!displacements.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(displacements.Length, 2 * height * width);
        int step = displacements.IsEmpty ? 0 : width;
        fixed (float* first = displacements.IsEmpty ? nothing.Span : displacements)
        fixed (T* pixelsOfResult = result)
        {
            float* displaced = first;
            for (int y = 0; y < height; y++, displaced += 2 * step)
            {
                float x0 = map.XY * y + map.X0 + Before, y0 = map.YY * y + map.Y0 + Before;
                Row<T, TPixel>(map.XX, x0, displaced, map.YX, y0, displaced + step, pixelsOfResult + y * (nint)width);
            }
        }
    }

    private void Row<T, TPixel>(float xx, float x0, float* dx, float yx, float y0, float* dy, T* result)
        where T : unmanaged
        where TPixel : struct, IPixel<T>
    {
        float* source = pixels.Pointer;
        int columns = width;
        nint below = stride;
        float right = width + Before, bottom = height + Before;
        for (int x = 0; x < columns; x++)
        {
            float column = Clamp(xx * x + x0 + dx[x], right), row = Clamp(yx * x + y0 + dy[x], bottom);
            int left = float.ConvertToIntegerNative<int>(column), top = float.ConvertToIntegerNative<int>(row);
            float* corner = source + top * below + left;
            float toRight = column - left, toLeft = 1 - toRight, down = row - top;
            float upper = corner[0] * toLeft + corner[1] * toRight;
            float lower = corner[below] * toLeft + corner[below + 1] * toRight;
            result[x] = TPixel.Write(upper * (1 - down) + lower * down);
        }
    }

    /// <summary>The nearest number from 0 to a bound: beyond the image all is 0. 0 for NaN.</summary>
    private static float Clamp(float value, float bound)
    {
        value = value > 0 ? value : 0;
        return value < bound ? value : bound;
    }
}
