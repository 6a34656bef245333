namespace Nabla.Cli;

/// <summary>What was done to a picture to make it an input of a network.</summary>
[Flags]
internal enum ImageChanges
{
    /// <summary>It was used as it is.</summary>
    None = 0,

    /// <summary>Dark on light became light on dark.</summary>
    Inverted = 1,

    /// <summary>The background became 0 and the strongest ink 255.</summary>
    Stretched = 2,

    /// <summary>The margin around the ink was cut off.</summary>
    Cropped = 4,

    /// <summary>The ink was made smaller or larger.</summary>
    Scaled = 8,

    /// <summary>The ink's centre of mass was put into the middle.</summary>
    Centred = 16,
}
