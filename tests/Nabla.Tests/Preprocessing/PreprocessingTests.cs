namespace Nabla.Tests;

public class PreprocessingTests
{
    [Fact]
    public void Unit_scaling_maps_bytes_to_zero_to_one()
    {
        var inputs = FeatureTable.FromBytes([0, 51, 255], 1, 3);
        Assert.Equal([0f, 51 * (1 / 255f), 1f], Scaled(inputs, Scaling.Unit));
    }

    [Fact]
    public void Unit_scaling_of_numbers_is_refused_with_a_remedy()
    {
        var error = Assert.Throws<InvalidOptionException>(() => Preprocessing.Fit(FeatureTable.FromFloats([1f], 1, 1), Scaling.Unit));
        Assert.Contains("standardize-per-feature", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Standardizing_each_feature_gives_mean_0_and_deviation_1()
    {
        // Deviations of a column from its mean are -1, 1 and -30, 30 by hand.
        var inputs = FeatureTable.FromFloats([4f, 10f, 6f, 70f], 2, 2);
        Assert.Equal([-1f, -1f, 1f, 1f], Scaled(inputs, Scaling.StandardizePerFeature));
    }

    [Fact]
    public void One_mean_and_deviation_for_all_features()
    {
        var inputs = FeatureTable.FromFloats([1f, 3f, 3f, 1f], 2, 2);
        Assert.Equal([-1f, 1f, 1f, -1f], Scaled(inputs, Scaling.Standardize));
    }

    [Fact]
    public void A_constant_feature_contributes_nothing()
    {
        Assert.Equal([0f, -1f, 0f, 1f], Scaled(FeatureTable.FromFloats([7f, 1f, 7f, 3f], 2, 2), Scaling.StandardizePerFeature));
        Assert.Equal([0f, -1f, 0f, 1f], Scaled(
            FeatureTable.FromBytes([51, 1, 51, 3], 2, 2), Scaling.StandardizePerFeature));
    }

    [Fact]
    public void A_tiny_deviation_beside_a_large_mean_is_not_lost()
    {
        var inputs = FeatureTable.FromFloats([1_000_000f, 1_000_001f], 2, 1);
        Assert.Equal([-1f, 1f], Scaled(inputs, Scaling.StandardizePerFeature));
    }

    [Fact]
    public void Bytes_and_the_same_floats_have_the_same_moments()
    {
        var bytes = RandomData.Images(200).Inputs;
        var floats = FeatureTable.FromFloats([.. bytes.Bytes.ToArray().Select(value => (float)value)], bytes.Rows, bytes.Columns);
        foreach (var scaling in (Scaling[])[Scaling.Standardize, Scaling.StandardizePerFeature])
        {
            var one = Preprocessing.Fit(bytes, scaling);
            var other = Preprocessing.Fit(floats, scaling);
            for (int i = 0; i < one.Offsets.Length; i++)
            {
                Assert.Equal(one.Offsets[i], other.Offsets[i], 1e-4f);
                Assert.Equal(one.Scales[i], other.Scales[i], 1e-6f);
            }
        }
    }

    [Fact]
    public void Features_that_were_not_fitted_are_refused()
    {
        var scaling = Preprocessing.Fit(FeatureTable.FromFloats([1, 2, 3, 4, 5, 7], 2, 3), Scaling.StandardizePerFeature);
        Assert.Throws<ArgumentException>(() => scaling.Apply(new float[2], new float[2]));
        Assert.Throws<ArgumentException>(() => scaling.Apply(new float[4], new float[3]));
        Assert.Throws<ArgumentException>(() => scaling.Apply(new byte[4], new float[3]));
        Assert.Throws<ArgumentException>(() => scaling.Apply(FeatureTable.FromFloats(new float[3], 1, 3), [0], new float[4]));
    }

    private static float[] Scaled(FeatureTable inputs, Scaling scaling)
    {
        var scaled = new float[inputs.Rows * inputs.Columns];
        Preprocessing.Fit(inputs, scaling).Apply(inputs, [.. Enumerable.Range(0, inputs.Rows)], scaled);
        return scaled;
    }
}
