namespace Nabla.Images;

/// <summary>The changes that made an image an input of a network.</summary>
[Flags]
internal enum ImageChanges
{
    /// <summary>No change.</summary>
    None = 0,

    /// <summary>Dark ink on a light background became light ink on a dark background.</summary>
    Inverted = 1,

    /// <summary>The levels were stretched to 0 for the background and 255 for the strongest ink.</summary>
    Stretched = 2,

    /// <summary>The margin around the ink was cut off.</summary>
    Cropped = 4,

    /// <summary>The size of the ink was changed.</summary>
    Scaled = 8,

    /// <summary>The ink's centre of mass was moved to the middle.</summary>
    Centred = 16,

    /// <summary>Specks were removed.</summary>
    Cleaned = 32,
}
