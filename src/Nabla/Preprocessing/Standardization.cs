namespace Nabla;

/// <summary>One mean subtracted from all features, one standard deviation divided by.</summary>
internal sealed record Standardization() : Scaling("standardize", "one mean and one standard deviation for all features")
{
    internal override Preprocessing Fit(FeatureTable inputs) =>
        Preprocessing.Standardizing(this, inputs, [FeatureMoments.FromAllFeatures(inputs)]);
}
