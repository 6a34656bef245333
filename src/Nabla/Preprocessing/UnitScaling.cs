namespace Nabla;

/// <summary>Bytes divided by 255, so that they lie between 0 and 1.</summary>
internal sealed record UnitScaling() : Scaling("unit", "bytes divided by 255")
{
    internal override Preprocessing Fit(FeatureTable inputs) => inputs.IsBytes
        ? new(this, [0f], [1f / 255f])
        : throw new InvalidOptionException(
            "Unit scaling divides bytes by 255, and these inputs are not bytes", $"Use {StandardizePerFeature.Name}.", nameof(Scaling));
}
