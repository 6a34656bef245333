namespace Nabla.Images;

/// <summary>An image in red, green and blue; all three of the same size.</summary>
internal sealed record ColourImage(GreyImage Red, GreyImage Green, GreyImage Blue)
{
    /// <summary>Pixels whose channels differ by less are grey: scanned paper and JPEG have a slight tint.</summary>
    private const int LeastColour = 24;

    public int Width => Red.Width;

    public int Height => Red.Height;

    /// <summary>Whether a pixel has a colour.</summary>
    public bool HasColour
    {
        get
        {
            for (int i = 0; i < Red.Levels.Length; i++)
            {
                var (red, green, blue) = (Red.Levels[i], Green.Levels[i], Blue.Levels[i]);
                if (Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) >= LeastColour)
                    return true;
            }
            return false;
        }
    }

    /// <summary>The image in another size.</summary>
    public ColourImage Scale(PictureSize size) => new(
        AreaScaling.Scale(Red, size.Width, size.Height), AreaScaling.Scale(Green, size.Width, size.Height),
        AreaScaling.Scale(Blue, size.Width, size.Height));

    /// <summary>The levels as inputs of a network.</summary>
    /// <returns>[height, width, 3], or [height, width] if they are grey.</returns>
    public byte[] ToInputs(bool isColour)
    {
        var inputs = new byte[Red.Levels.Length * (isColour ? 3 : 1)];
        for (int i = 0; i < Red.Levels.Length; i++)
        {
            var (red, green, blue) = (Red.Levels[i], Green.Levels[i], Blue.Levels[i]);
            if (isColour)
                (inputs[3 * i], inputs[3 * i + 1], inputs[3 * i + 2]) = (red, green, blue);
            else
                inputs[i] = ImageDecoder.Luminance(red, green, blue);
        }
        return inputs;
    }
}
