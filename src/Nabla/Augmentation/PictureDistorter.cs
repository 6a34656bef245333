namespace Nabla;

/// <summary>Distorts one picture after another. Buffers for one thread.</summary>
/// <param name="augmentation">What to distort.</param>
/// <param name="height">Rows of a picture.</param>
/// <param name="width">Columns of a picture.</param>
internal sealed class PictureDistorter(Augmentation augmentation, int height, int width)
{
    private readonly PaddedPicture padded = new(height, width);
    private readonly ElasticField? elastic = augmentation.IsElastic ? new(augmentation, height, width) : null;

    /// <summary>Distorts one picture.</summary>
    /// <param name="picture">[height, width].</param>
    /// <param name="draw">Which example in which epoch it is.</param>
    /// <param name="result">Receives [height, width].</param>
    public void Distort<T, TPixel>(ReadOnlySpan<T> picture, AugmentationDraw draw, Span<T> result)
        where T : unmanaged
        where TPixel : struct, IPixel<T>
    {
        padded.Load<T, TPixel>(picture);
        var displacements = elastic is null ? [] : elastic.Draw(draw);
        padded.Resample<T, TPixel>(draw.Affine(augmentation).Source(height, width), displacements, result);
    }
}
