namespace Nabla.Images;

/// <summary>The form of pictures as inputs of a network.</summary>
/// <param name="Size">The size to which each is resized.</param>
/// <param name="IsColour">Whether they have three channels rather than one.</param>
/// <param name="IsFitted">
/// Whether they show one character each, which is fitted to the size as MNIST's are (<see cref="ImageFitting"/>), rather than resized.
/// </param>
internal sealed record PictureForm(PictureSize Size, bool IsColour, bool IsFitted = false)
{
    /// <summary>[height, width], or [height, width, 3].</summary>
    public IReadOnlyList<int> Shape => IsColour ? [Size.Height, Size.Width, 3] : [Size.Height, Size.Width];

    public override string ToString() => $"{(IsColour ? "colour" : "grey")} images of {Size} pixels";
}
