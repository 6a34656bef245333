namespace Nabla;

/// <summary>How inputs are scaled before the first layer.</summary>
/// <remarks>To add a kind: a file beside this one and a line in <see cref="All"/>. Immutable.</remarks>
public abstract record Scaling : Kind
{
    private protected Scaling(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Inputs as they came.</summary>
    public static Scaling None { get; } = new NoScaling();

    /// <summary>Bytes divided by 255, so that they lie between 0 and 1.</summary>
    public static Scaling Unit { get; } = new UnitScaling();

    /// <summary>One mean subtracted from all features, one standard deviation divided by.</summary>
    public static Scaling Standardize { get; } = new Standardization();

    /// <summary>Each feature's own mean subtracted, its own standard deviation divided by; a constant feature becomes 0.</summary>
    public static Scaling StandardizePerFeature { get; } = new PerFeatureStandardization();

    /// <summary>
    /// Each feature's own median subtracted, its own interquartile range divided by, and the result limited smoothly to between -3 and 3;
    /// a constant feature becomes 0.
    /// </summary>
    public static Scaling RobustPerFeature { get; } = new RobustScaling();

    /// <summary>All scalings.</summary>
    public static Catalogue<Scaling> All { get; } = new("scaling", None, Unit, Standardize, StandardizePerFeature, RobustPerFeature);

    /// <summary>Fits the scaling to the inputs of training data.</summary>
    /// <exception cref="InvalidOptionException">The inputs are not of the kind that it scales.</exception>
    internal abstract Preprocessing Fit(FeatureTable inputs);
}
