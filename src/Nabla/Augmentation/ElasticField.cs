using Nabla.Kernels;

namespace Nabla;

/// <summary>Smooth random displacements of the pixels of an image. Buffers for one thread.</summary>
/// <remarks>
/// Two random numbers for each pixel are smoothed by a Gaussian that ends at three standard deviations. Smoothing along y is a product
/// with a matrix from the left, [height, height], along x one from the right, [width, width]. Beyond the edges the numbers count as 0, so
/// that pixels there move less.
/// </remarks>
internal sealed class ElasticField
{
    private const float NumbersOfAUnit = 1 << 16; // see AugmentationDraw.FillElastic
    private const int DeviationsOfTheGaussian = 3;

    private readonly int height, width;
    private readonly float[] smoothY;       // [height, height]
    private readonly float[] smoothX;       // [width, width], times the strength
    private readonly float[] random;        // [height, x and y, width]
    private readonly float[] smooth;        // [height, x and y, width]
    private readonly AlignedArray<float> displacements; // [height, x and y, width]

    /// <param name="augmentation">Strength and smoothness.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    public ElasticField(Augmentation augmentation, int height, int width)
    {
        (this.height, this.width) = (height, width);
        float[] weights = Gaussian(augmentation.ElasticSmoothness);
        smoothY = Band(weights, height, 1);
        smoothX = Band(weights, width, augmentation.ElasticStrength / NumbersOfAUnit);
        int length = BufferSize.Elements("displacements", sizeof(float), height, 2 * width);
        random = new float[length];
        smooth = new float[length];
        displacements = new AlignedArray<float>(length);
    }

    /// <summary>Draws the displacements of an example, in pixels.</summary>
    /// <returns>[height, 2, width]: in each row those of x, then those of y.</returns>
    public ReadOnlySpan<float> Draw(AugmentationDraw draw)
    {
        draw.FillElastic(random);
        var team = ThreadTeam.Of(1);
        Gemm.Multiply(
            team, new ReadOnlyMatrix(smoothY, height, height), new ReadOnlyMatrix(random, height, 2 * width),
            new Matrix(smooth, height, 2 * width));
        Gemm.Multiply(
            team, new ReadOnlyMatrix(smooth, 2 * height, width), new ReadOnlyMatrix(smoothX, width, width),
            new Matrix(displacements.Span, 2 * height, width));
        return displacements.Span;
    }

    /// <summary>The weights of a Gaussian, from its middle outwards; those on both sides have the sum 1.</summary>
    private static float[] Gaussian(double deviation)
    {
        var weights = new float[(int)(DeviationsOfTheGaussian * deviation) + 1];
        for (int distance = 0; distance < weights.Length; distance++)
            weights[distance] = (float)(-0.5 * distance * distance / (deviation * deviation));
        Elementwise.Apply<Kernels.Exponential>(weights, weights);
        double sum = -weights[0];
        foreach (float weight in weights)
            sum += 2 * weight;
        for (int distance = 0; distance < weights.Length; distance++)
            weights[distance] = (float)(weights[distance] / sum);
        return weights;
    }

    /// <summary>A symmetric matrix: element (i, j) is the weight of the distance between i and j, times a factor.</summary>
    private static float[] Band(float[] weights, int size, float factor)
    {
        var band = new float[BufferSize.Elements("a matrix that smooths displacements", sizeof(float), size, size)];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                band[i * size + j] = Math.Abs(i - j) < weights.Length ? weights[Math.Abs(i - j)] * factor : 0;
        }
        return band;
    }
}
