namespace Nabla;

/// <summary>Distorts one image after another. Buffers for one thread.</summary>
/// <param name="augmentation">What to distort.</param>
/// <param name="height">Rows of an image.</param>
/// <param name="width">Columns of an image.</param>
internal sealed class ImageDistorter(Augmentation augmentation, int height, int width)
{
    private readonly PaddedImage padded = new(height, width);
    private readonly ElasticField? elastic = augmentation.IsElastic ? new(augmentation, height, width) : null;

    /// <summary>Distorts one image.</summary>
    /// <param name="image">[height, width].</param>
    /// <param name="draw">Which example in which epoch it is.</param>
    /// <param name="result">Receives [height, width].</param>
    public void Distort<T, TPixel>(ReadOnlySpan<T> image, AugmentationDraw draw, Span<T> result)
        where T : unmanaged
        where TPixel : struct, IPixel<T>
    {
        padded.Load<T, TPixel>(image);
        var displacements = elastic is null ? [] : elastic.Draw(draw);
        padded.Resample<T, TPixel>(draw.Affine(augmentation).Source(height, width), displacements, result);
    }
}
