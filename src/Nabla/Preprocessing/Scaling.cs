namespace Nabla;

/// <summary>How inputs are scaled before the first layer.</summary>
public enum Scaling
{
    /// <summary>Inputs as they came.</summary>
    None,

    /// <summary>Bytes divided by 255, so that they lie between 0 and 1.</summary>
    Unit,

    /// <summary>One mean subtracted from all features, one standard deviation divided by.</summary>
    Standardize,

    /// <summary>Each feature's own mean subtracted, its own standard deviation divided by; constant features are left alone.</summary>
    StandardizePerFeature,
}
