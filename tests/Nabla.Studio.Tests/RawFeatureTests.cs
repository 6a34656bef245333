namespace Nabla.Studio.Tests;

/// <summary>Features as the data have them, whatever a table stores.</summary>
public sealed class RawFeatureTests
{
    [Fact]
    public void Large_numbers_that_differ_little_are_what_they_were()
    {
        double[] values = [1e9 + 0.25, 7, 1e9 + 0.5, 8, 1e9 + 0.75, 9];
        var table = FeatureTable.FromDoubles(values, 3, 2);
        Assert.NotEmpty(table.Origins.ToArray());
        Assert.Equal(values, Enumerable.Range(0, 6).Select(i => RawFeature.Value(table, i / 2, i % 2)));
    }

    [Fact]
    public void Bytes_are_themselves() =>
        Assert.Equal(200, RawFeature.Value(FeatureTable.FromBytes(new byte[] { 1, 2, 3, 200 }, 2, 2), 1, 1));
}
