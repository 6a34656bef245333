namespace Nabla;

/// <summary>Each feature's own mean subtracted, its own standard deviation divided by; a constant feature becomes 0.</summary>
internal sealed record PerFeatureStandardization()
    : Scaling("standardize-per-feature", "a mean and a standard deviation for each feature")
{
    internal override Preprocessing Fit(FeatureTable inputs) =>
        Preprocessing.Standardizing(this, inputs, FeatureMoments.FromEachFeature(inputs));
}
