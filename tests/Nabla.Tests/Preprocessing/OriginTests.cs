namespace Nabla.Tests;

/// <summary>Large numbers that differ little, such as times, keep their differences.</summary>
public class OriginTests
{
    private const double Start = 1_700_000_000;

    private static readonly TrainingOptions Small = new() { Hidden = [8], Epochs = 60, BatchSize = 16 };

    private static readonly double[][] Times = [.. Enumerable.Range(0, 100).Select(i => new[] { Start + i, 1 })];

    private static readonly ClassTargets Halves = ClassTargets.From(Enumerable.Range(0, 100).Select(i => i < 50 ? "early" : "late"));

    [Fact]
    public void Times_are_learned_as_if_they_were_counted_from_0()
    {
        var model = Classifier.Train(Dataset.From(Times, Halves), Small);
        var fromZero = Classifier.Train(Dataset.From([.. Times.Select(row => new[] { row[0] - Start, 1 })], Halves), Small);
        Assert.Equal(fromZero.Fingerprint, model.Fingerprint);
        Assert.InRange(model.Evaluate(Dataset.From(Times, Halves)).Accuracy, 0.97, 1);
    }

    [Fact]
    public void A_saved_model_predicts_other_tables_the_same()
    {
        var trained = Classifier.Train(Dataset.From(Times, Halves), Small);
        using var files = new TestFiles();
        trained.Save(files["m.safetensors"]);
        var model = Classifier.Load(files["m.safetensors"]);
        var expected = trained.Predict(Dataset.From(Times, Halves).Inputs);
        // Other rows have another origin, and a single row has none.
        var last = Dataset.From(Times, Halves).Inputs.Select([97, 98, 99]);
        var again = FeatureTable.FromDoubles([Start + 97, 1, Start + 98, 1, Start + 99, 1], 3, 2);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[97 + i].Scores, model.Predict(last)[i].Scores);
            Assert.Equal(expected[97 + i].Scores, model.Predict(again)[i].Scores);
            Assert.Equal(expected[97 + i].Scores, model.Predict(Times[97 + i]).Scores);
        }
        var rounded = model.Predict([(float)Start + 128, 1f]); // a float that is near
        Assert.Equal("late", rounded.ClassName);
    }

    [Theory]
    [InlineData(new[] { 4.1, 5.2, 6.3 })]
    [InlineData(new[] { 16777216.0, 16777218, 16777220 })]
    public void Columns_that_floats_hold_keep_their_values(double[] column)
    {
        var table = FeatureTable.FromDoubles(column, 3, 1);
        Assert.True(table.Origins.IsEmpty);
        Assert.Equal(Array.ConvertAll(column, value => (float)value), table.Floats.ToArray());
    }

    [Fact]
    public void A_scaling_that_is_the_same_for_all_features_sees_the_values_themselves()
    {
        var table = FeatureTable.FromDoubles([Start, Start + 1], 2, 1);
        Assert.Equal([Start], table.Origins.ToArray());
        Assert.Equal([0f, 1f], table.Floats.ToArray());
        var scaled = new float[2];
        Preprocessing.Fit(table, Scaling.None).Apply(table, [0, 1], scaled);
        Assert.Equal([(float)Start, (float)(Start + 1)], scaled);
    }

    [Fact]
    public void The_fingerprint_of_data_depends_on_their_origins() => Assert.NotEqual(
        Dataset.From(Times, Halves).Fingerprint, Dataset.From([.. Times.Select(row => new[] { row[0] + 4096, 1 })], Halves).Fingerprint);
}
