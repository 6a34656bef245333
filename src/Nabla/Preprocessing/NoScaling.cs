namespace Nabla;

/// <summary>Inputs as they came.</summary>
internal sealed record NoScaling() : Scaling("none", "inputs as they came")
{
    internal override Preprocessing Fit(FeatureTable inputs) => new(this, [0f], [1f]);
}
