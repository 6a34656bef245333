namespace Nabla.Kernels.Tests;

public sealed unsafe class PackingTests
{
    /// <summary>Every number of lines, also those that only other processors' tiles have, adjacent or each for itself.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_element_of_a_strip_is_packed_and_the_rest_is_zero(bool linesAreAdjacent)
    {
        for (int lines = 1; lines <= Blocking.WidestTile; lines++)
        {
            foreach (int width in (int[])[6, 8, 12, 16, 32])
            {
                if (width < lines)
                    continue;
                foreach (int depth in (int[])[1, 3, 4, 7, 19])
                {
                    var (lineStride, depthStride) = linesAreAdjacent ? (1, lines + 3) : (depth + 5, 1);
                    int length = (lines - 1) * lineStride + (depth - 1) * depthStride + 1;
                    float[] source = [.. Enumerable.Range(1, length).Select(i => (float)i)];
                    float[] packed = [.. Enumerable.Repeat(float.NaN, depth * width)];
                    fixed (float* from = source, to = packed)
                        Packing.PackStrip(from, lineStride, depthStride, lines, depth, width, to);
                    for (int k = 0; k < depth; k++)
                    {
                        for (int line = 0; line < width; line++)
                            Assert.Equal(line < lines ? source[line * lineStride + k * depthStride] : 0f, packed[k * width + line]);
                    }
                }
            }
        }
    }
}
