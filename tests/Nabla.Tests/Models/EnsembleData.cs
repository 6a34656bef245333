namespace Nabla.Tests;

/// <summary>Data with values to predict, far from 0 and of different sizes.</summary>
internal static class EnsembleData
{
    /// <summary>Three features and two values.</summary>
    public static Dataset Values(int count)
    {
        var random = new Random(1);
        var features = new float[count * 3];
        foreach (ref float feature in features.AsSpan())
            feature = random.NextSingle();
        var values = new double[count * 2];
        for (int i = 0; i < count; i++)
        {
            var x = features.AsSpan(i * 3, 3);
            (values[2 * i], values[2 * i + 1]) = (100 + 30 * x[0] - 50 * x[1] * x[2], x[2] - x[0] + i / 100.0);
        }
        return new Dataset("values", FeatureTable.FromFloats(features, count, 3), new ValueTargets(values, ["a", "b"]));
    }
}
