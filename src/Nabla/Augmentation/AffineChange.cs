using Nabla.Kernels;

namespace Nabla;

/// <summary>How one image is zoomed, sheared, rotated and shifted, in this order, around its centre. x is to the right, y down.</summary>
internal readonly record struct AffineChange()
{
    /// <summary>Pixels to the right.</summary>
    public double ShiftX { get; init; }

    /// <summary>Pixels down.</summary>
    public double ShiftY { get; init; }

    /// <summary>Degrees clockwise, from -180 to 180.</summary>
    public double Rotation { get; init; }

    /// <summary>What x grows by for each pixel below the centre.</summary>
    public double Shear { get; init; }

    /// <summary>What the width is multiplied by; above 0.</summary>
    public double ZoomX { get; init; } = 1;

    /// <summary>What the height is multiplied by; above 0.</summary>
    public double ZoomY { get; init; } = 1;

    /// <summary>Where the pixels of the changed image come from.</summary>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    public AffineMap Source(int height, int width)
    {
        // The steps backwards: unrotate, unshear, unzoom.
        double turns = Rotation / 360, cosine = DoubleCosine.OfTurns(turns), sine = DoubleCosine.OfTurns(turns - 0.25);
        double xx = (cosine + Shear * sine) / ZoomX, xy = (sine - Shear * cosine) / ZoomX;
        double yx = -sine / ZoomY, yy = cosine / ZoomY;
        double centreX = (width - 1) / 2.0, centreY = (height - 1) / 2.0;
        double right = centreX + ShiftX, down = centreY + ShiftY; // where the centre is now
        return new AffineMap(
            (float)xx, (float)xy, (float)(centreX - (xx * right + xy * down)),
            (float)yx, (float)yy, (float)(centreY - (yx * right + yy * down)));
    }
}

/// <summary>Pixel (x, y) of an image comes from (XX x + XY y + X0, YX x + YY y + Y0) of another.</summary>
internal readonly record struct AffineMap(float XX, float XY, float X0, float YX, float YY, float Y0);
