using System.Globalization;

namespace Nabla.Tests;

public sealed class RobustScalingTests
{
    private static float Limited(double z) => (float)(z / Math.Sqrt(1 + z / 3 * (z / 3)));

    private static float[] Scale(FeatureTable table)
    {
        var preprocessing = Preprocessing.Fit(table, Scaling.RobustPerFeature);
        var scaled = new float[table.Rows * table.Columns];
        preprocessing.Apply(table, [.. Enumerable.Range(0, table.Rows)], scaled);
        return scaled;
    }

    [Fact]
    public void The_median_becomes_0_and_the_interquartile_range_1()
    {
        // 1 to 9: median 5, quartiles 3 and 7.
        float[] scaled = Scale(FeatureTable.FromFloats([1, 2, 3, 4, 5, 6, 7, 8, 9], 9, 1));
        Assert.Equal(0, scaled[4]);
        for (int i = 0; i < 9; i++)
            Assert.Equal(Limited((i - 4) / 4.0), scaled[i], 1e-6);
    }

    [Fact]
    public void Without_quartiles_the_range_decides_and_a_constant_becomes_0()
    {
        float[] scaled = Scale(FeatureTable.FromFloats([0, 7, 0, 7, 0, 7, 0, 7, 10, 7], 5, 2));
        Assert.Equal([0, 0, 0, 0, Limited(2)], [.. Enumerable.Range(0, 5).Select(row => scaled[2 * row])]);
        Assert.Equal([0f, 0, 0, 0, 0], Enumerable.Range(0, 5).Select(row => scaled[2 * row + 1]));
    }

    [Fact]
    public void Extreme_values_stay_below_the_limit()
    {
        float[] scaled = Scale(FeatureTable.FromFloats([1, 2, 3, 4, 1e30f], 5, 1));
        Assert.Equal(3, scaled[4], 1e-6f);
        Assert.Equal(-3, Scale(FeatureTable.FromFloats([0.1f, 0.2f, 0.3f, 0.4f, float.MinValue], 5, 1))[4], 1e-6f);
        var preprocessing = Preprocessing.Fit(FeatureTable.FromFloats([1, 2, 3, 4], 4, 1), Scaling.RobustPerFeature);
        var missing = new float[1];
        preprocessing.Apply([float.NaN], missing);
        Assert.Equal(float.NaN, missing[0]);
        Assert.All(scaled, value => Assert.InRange(value, -3f, 3f));
    }

    [Theory]
    [InlineData("robust-per-feature")]
    [InlineData("standardize-per-feature")]
    public void Indicators_stay_as_they_are(string scaling)
    {
        var table = FeatureTable.FromFloats([1, 1, 5, -1, 9, 0, 2, 1], 4, 2, [false, true]);
        var preprocessing = Preprocessing.Fit(table, Scaling.All.Parse(scaling).Kind);
        var scaled = new float[8];
        preprocessing.Apply(table, [0, 1, 2, 3], scaled);
        Assert.Equal([1f, -1, 0, 1], Enumerable.Range(0, 4).Select(row => scaled[2 * row + 1]));
        Assert.NotEqual(1, scaled[0]);
        Assert.Equal([true], table.Select([2]).Indicators[1..].ToArray());
    }

    [Fact]
    public void A_saved_model_scales_as_before()
    {
        string path = Path.GetTempFileName();
        try
        {
            var random = new Random(1);
            var rows = Enumerable.Range(0, 50).Select(i => (X: random.NextDouble() * 100, Y: i % 2)).ToArray();
            var data = Dataset.From(rows, row => [(float)row.X, row.Y * 3], row => row.Y.ToString(CultureInfo.InvariantCulture));
            var model = Classifier.Train(data, new TrainingOptions { Hidden = [4], Epochs = 2, Scaling = Scaling.RobustPerFeature });
            model.Save(path);
            var loaded = Classifier.Load(path);
            Assert.Equal(model.Preprocessing.InverseLimits.ToArray(), loaded.Preprocessing.InverseLimits.ToArray());
            Assert.Equal(model.Predict([1e6f, 1]).Scores, loaded.Predict([1e6f, 1]).Scores);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_has_lost_its_limits_is_refused()
    {
        string path = Path.GetTempFileName();
        try
        {
            var data = Dataset.From(Enumerable.Range(0, 20), i => [i, 5f - i], i => i % 2 == 0 ? "even" : "odd");
            Classifier.Train(data, new TrainingOptions { Hidden = [2], Epochs = 1, Scaling = Scaling.RobustPerFeature }).Save(path);
            Rewrite(path, name => name != "preprocessing.inverse_limit");
            var error = Assert.Throws<InvalidInputException>(() => Model.Load(path));
            Assert.Contains("the limits are missing", error.Why, StringComparison.Ordinal);
            Classifier.Train(data, new TrainingOptions { Hidden = [2], Epochs = 1, Scaling = Scaling.RobustPerFeature }).Save(path);
            Rewrite(path, name => name is not ("preprocessing.offset" or "preprocessing.scale"));
            Assert.Throws<InvalidInputException>(() => Model.Load(path));
        }
        finally
        {
            File.Delete(path);
        }

        static void Rewrite(string path, Func<string, bool> isKept)
        {
            (string, int[], ReadOnlyMemory<float>)[] tensors;
            Dictionary<string, string> metadata;
            using (var file = SafetensorsFile.Open(path))
            {
                metadata = new(file.Metadata);
                tensors = [.. file.Tensors.Where(tensor => isKept(tensor.Name))
                    .Select(tensor => (tensor.Name, tensor.Shape.ToArray(), (ReadOnlyMemory<float>)file.ReadFloats(tensor.Name)))];
            }
            SafetensorsFile.Write(path, metadata, tensors);
        }
    }

    [Fact]
    public void Quantiles_are_those_of_sorted_values()
    {
        var random = new Random(5);
        for (int count = 1; count < 60; count++)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(count))];
            double[] sorted = [.. values.Order().Select(value => (double)value)];
            foreach (double probability in (double[])[0, 0.1, 0.25, 0.5, 0.9, 1])
            {
                double position = probability * (count - 1);
                int below = (int)position, above = Math.Min(below + 1, count - 1);
                double expected = sorted[below] + (sorted[above] - sorted[below]) * (position - below);
                var table = FeatureTable.FromFloats([.. values, float.NaN], count + 1, 1);
                Assert.Equal(expected, table.Quantile(0, probability), 1e-12);
            }
        }
        Assert.Equal(double.NaN, FeatureTable.FromFloats([float.NaN], 1, 1).Quantile(0, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureTable.FromFloats([1], 1, 1).Quantile(1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureTable.FromFloats([1], 1, 1).Quantile(0, 1.5));
        Assert.Throws<ArgumentException>(() => FeatureTable.FromFloats([1], 1, 1, [true, false]));
    }
}
